using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class LeaveTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task The_others_hear_who_leaves_and_the_connection_may_join_again()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var first = pair.Ben.Id;

        (await pair.Ben.RequestAsync("leave")).ToJsonString().ShouldBe("""{"ok":true}""");

        (await pair.Ada.ExpectAsync("left")).ToJsonString().ShouldBe($$"""{"id":"{{first}}","reason":"left"}""");
        await pair.Ben.JoinAsync(pair.Room, "Ben", incarnation: 201);
        (pair.Ben.Id == first).ShouldBeFalse();
        await pair.Ada.ExpectAsync("welcome");
    }

    [Fact]
    public async Task Who_has_left_and_then_closes_is_not_away()
    {
        await using var pair = await Pair.JoinAsync(shared);
        await pair.Ben.RequestAsync("leave");
        await pair.Ada.ExpectAsync("left");

        await pair.Ben.CloseAsync();
        await using var cleo = await shared.Server.JoinAsync(pair.Room);

        await pair.Ada.ExpectAsync("welcome");
        await pair.Ada.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_flood_is_slowed_down_and_ends_with_the_connection_that_sends_it()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var offer = pair.Ben.Description(pair.Ada);
        offer["sdp"] = new string('x', 65_536);

        // 5 MB: some twelve seconds at the rate that a connection may send for ever.
        for (var i = 0; i < 80; i++)
        {
            await pair.Ben.SendAsync("offer", offer);
        }

        await pair.Ben.CloseAsync();

        var received = await pair.Ada.ExpectAnyAsync();
        var offers = 0;
        for (; received.Name == "offer"; received = await pair.Ada.ExpectAnyAsync())
        {
            offers++;
        }

        received.Name.ShouldBe("away");
        offers.ShouldBeInRange(30, 79);
    }

    [Fact]
    public async Task A_flood_counts_in_what_no_request_has_a_use_for()
    {
        await using var pair = await Pair.JoinAsync(shared);
        var unused = new string('x', 200_000);

        // 4 MB: some eight seconds at the rate that a connection may send for ever.
        for (var i = 0; i < 20; i++)
        {
            await pair.Ben.SendRawAsync($"[\"media\",{SignallingClient.Media().ToJsonString()},\"{unused}\"]");
        }

        await pair.Ben.CloseAsync();

        var received = await pair.Ada.ExpectAnyAsync();
        var heard = 0;
        for (; received.Name == "media"; received = await pair.Ada.ExpectAnyAsync())
        {
            heard++;
        }

        received.Name.ShouldBe("away");
        heard.ShouldBeInRange(10, 19);
    }

    [Fact]
    public async Task The_last_one_takes_the_room_along()
    {
        await using var server = await RunningServer.StartAsync();
        await using (var ada = await server.JoinAsync("room"))
        {
            server.Get<RoomDirectory>().RoomCount.ShouldBe(1);
            await ada.RequestAsync("leave");
            server.Get<RoomDirectory>().RoomCount.ShouldBe(0);
        }

        server.Get<RoomDirectory>().ParticipantCount.ShouldBe(0);
    }
}
