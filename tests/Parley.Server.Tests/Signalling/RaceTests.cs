using System.Text.Json.Nodes;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class RaceTests
{
    [Fact]
    public async Task Of_many_who_join_at_once_exactly_the_capacity_is_admitted()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "4");
        var clients = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.ConnectAsync()));

        var answers = await Task.WhenAll(clients.Select(client => client.RequestAsync("join", SignallingClient.Join("room"))));

        answers.Count(answer => (string?)answer["status"] == "admitted").ShouldBe(4);
        answers.Count(answer => (string?)answer["reason"] == "room-full").ShouldBe(20);
        server.Get<RoomDirectory>().ParticipantCount.ShouldBe(4);
        await DisposeAsync(clients);
    }

    [Fact]
    public async Task Everyone_who_joins_at_once_is_answered_first_and_learns_of_everyone_else_exactly_once()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "12");
        var clients = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => server.ConnectAsync()));
        for (var round = 0; round < 30; round++)
        {
            var heardBefore = Array.ConvertAll(clients, client => client.Order.Count);

            await Task.WhenAll(clients.Select(client => client.JoinAsync("room")));

            foreach (var (client, heard) in clients.Zip(heardBefore))
            {
                var known = client.Admitted["participants"]!.AsArray().Select(other => (string)other!["id"]!).ToList();
                while (known.Count < 11)
                {
                    known.Add((string)(await client.ExpectAsync("welcome"))["participant"]!["id"]!);
                }

                known.ShouldBe(clients.Where(other => other != client).Select(other => other.Id), ignoreOrder: true);
                client.Order[heard].ShouldStartWith("ack ");
                await client.ExpectNothingAsync();
            }

            // Whoever has left hears nothing of the room any more, so what is forgotten here is all there is.
            await Task.WhenAll(clients.Select(client => client.RequestAsync("leave")));
            Array.ForEach(clients, client => client.Forget());
        }

        await DisposeAsync(clients);
    }

    [Fact]
    public async Task The_newcomer_is_admitted_before_any_offer_or_other_word_reaches_it()
    {
        await using var server = await RunningServer.StartAsync("--Parley:Rooms:Capacity", "50");
        var members = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.JoinAsync("room")));
        using var stop = new CancellationTokenSource();

        // Those already there offer the moment they are told to, and change their media all the time.
        var offering = members.Select(member => OfferToEveryoneAsync(member, stop.Token)).ToArray();
        for (var round = 0; round < 20; round++)
        {
            await using var newcomer = await server.JoinAsync("room");
            var offers = 0;
            while (offers < members.Length)
            {
                offers += (await newcomer.ExpectAnyAsync()).Name == "offer" ? 1 : 0;
            }

            newcomer.Order[0].ShouldBe("ack 1");
        }

        await stop.CancelAsync();
        await DisposeAsync(members);
        await Task.WhenAll(offering);
    }

    private static async Task OfferToEveryoneAsync(SignallingClient member, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await member.TryExpectAnyAsync() is { } received)
        {
            if (received.Name == "welcome")
            {
                await member.SendAsync("media", SignallingClient.Media(screen: true));
                await member.SendAsync("offer", new JsonObject
                {
                    ["to"] = (string)received.Payload["participant"]!["id"]!,
                    ["incarnations"] = new JsonObject { ["from"] = 1, ["to"] = 1 },
                    ["connection"] = "c",
                    ["number"] = 1,
                    ["sdp"] = "v=0\r\n",
                    ["sources"] = new JsonObject(),
                });
            }
        }
    }

    private static async Task DisposeAsync(IEnumerable<SignallingClient> clients)
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }
}
