using Parley.Server.Configuration;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Configuration;

public sealed class DataFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_key_is_made_once_and_for_its_owner_only()
    {
        var folder = new DataFolder(_folder.File("new/data"));
        SeatKey.ReadOrCreate(folder);
        var key = File.ReadAllBytes(Path.Combine(folder.Path, SeatKey.FileName));
        SeatKey.ReadOrCreate(folder);

        File.ReadAllBytes(Path.Combine(folder.Path, SeatKey.FileName)).ShouldBe(key);
        key.Length.ShouldBe(32);
        key.Distinct().Count().ShouldBeGreaterThan(8);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder.Path, SeatKey.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(folder.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void What_is_replaced_stays_for_its_owner_only_and_leaves_nothing_behind()
    {
        var folder = new DataFolder(_folder.File("data"));
        folder.TryRead("file").ShouldBeNull();
        folder.Replace("file", [1]);
        folder.Replace("file", [2]);

        folder.TryRead("file").ShouldBe([2]);
        Directory.GetFiles(folder.Path).ShouldBe([Path.Combine(folder.Path, "file")]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder.Path, "file")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Of_many_that_start_at_once_all_read_one_key()
    {
        var folder = new DataFolder(_folder.File("data"));
        var next = 0;

        var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            folder.ReadOrCreate("file", () => [(byte)Interlocked.Increment(ref next)]))));

        read.Select(content => content.Single()).Distinct().Count().ShouldBe(1);
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_key_is_not_used()
    {
        _folder.Write($"data/{SeatKey.FileName}", "too short");

        var e = Should.Throw<ConfigurationException>(() => SeatKey.ReadOrCreate(new DataFolder(_folder.File("data"))));

        e.Key.ShouldBe("Parley:DataFolder");
        e.Message.ShouldContain(SeatKey.FileName);
    }

    [Fact]
    public void A_folder_that_cannot_be_one_is_named()
    {
        _folder.Write("file", "no folder");

        var e = Should.Throw<ConfigurationException>(() => SeatKey.ReadOrCreate(new DataFolder(_folder.File("file"))));

        e.Message.ShouldStartWith("Parley:DataFolder ");
    }
}
