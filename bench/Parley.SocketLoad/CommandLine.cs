using System.CommandLine;

namespace Parley.SocketLoad;

/// <summary>Reads the command line and starts what it asks for.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Port = new("--port") { Description = "The server's, on 127.0.0.1.", Required = true };
    private static readonly Option<int> Process = new("--pid") { Description = "The server's process, on this machine.", Required = true };
    private static readonly Option<int> Connections = new("--connections") { Description = "Clients.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Size = new("--size") { Description = "Payload of a message, in bytes.", DefaultValueFactory = _ => 100 };
    private static readonly Option<bool> Binary = new("--binary") { Description = "Messages are binary." };
    private static readonly Option<int> Window = new("--window") { Description = "So many at a time.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> WarmUp = new("--warm-up") { Description = "Seconds before messages count.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> First = new("--first") { Description = "Connections before they count.", DefaultValueFactory = _ => 2_000 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 10 };
    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Messages per second, whatever the server does; 0: each when the one before it has come back.",
    };

    public static RootCommand Make()
    {
        var echo = new Command("echo", "Every client sends, and the server acknowledges with the same; prints one line of JSON.")
        {
            Port, Process, Connections, Size, Binary, Window, Rate, WarmUp, Seconds,
        };
        echo.SetAction(parsed => Run(() => Run(new EchoRun(Read(parsed)))));
        var broadcast = new Command("broadcast", "One client speaks to a room that all are in; prints one line of JSON.")
        {
            Port, Process, Connections, Size, Window, Rate, WarmUp, Seconds,
        };
        broadcast.SetAction(parsed => Run(() => Run(new BroadcastRun(Read(parsed)))));
        var storm = new Command("storm", "Clients connect, join and leave; prints one line of JSON.") { Port, Process, Connections, Window, First };
        storm.SetAction(parsed => Run(() => StormRun.Run(Read(parsed), parsed.GetValue(First)).Print()));
        var idle = new Command("idle", "Clients connect and stay; prints a line, and waits for one, before they come and when they are there.")
        {
            Port, Process, Connections,
        };
        idle.SetAction(parsed => Run(() => IdleRun.Run(Read(parsed))));
        return new RootCommand("Loads a Socket.IO server, checks every answer, and tells what that costs the server.") { echo, broadcast, storm, idle };
    }

    private static int Run(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (LoadFailedException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Run(Traffic traffic)
    {
        using (traffic)
        {
            traffic.Run().Print();
        }
    }

    private static LoadOptions Read(ParseResult parsed) => new()
    {
        Port = AtLeast(1, parsed.GetValue(Port), Port),
        Process = parsed.GetRequiredValue(Process),
        Connections = AtLeast(1, parsed.GetValue(Connections), Connections),
        Size = AtLeast(Numbers.Digits, Given(parsed, Size, 100), Size),
        IsBinary = Given(parsed, Binary, false),
        Window = AtLeast(1, Given(parsed, Window, 1), Window),
        Rate = Given(parsed, Rate, 0),
        WarmUp = TimeSpan.FromSeconds(Given(parsed, WarmUp, 5)),
        Time = TimeSpan.FromSeconds(Given(parsed, Seconds, 10)),
    };

    // Not every command has every option.
    private static T Given<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option)! : otherwise;

    private static int AtLeast(int least, int value, Option<int> option) =>
        value >= least ? value : throw new LoadFailedException($"{option.Name} is at least {least}.");
}
