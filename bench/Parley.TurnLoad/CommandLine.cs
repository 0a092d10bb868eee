using System.CommandLine;
using System.Net;

namespace Parley.TurnLoad;

/// <summary>Reads the command line and starts what it asks for.</summary>
internal static class CommandLine
{
    private static readonly Option<IPEndPoint> Server = new("--server")
    {
        Description = "ADDRESS:PORT of the server.",
        Required = true,
        CustomParser = result =>
        {
            if (IPEndPoint.TryParse(result.Tokens[0].Value, out IPEndPoint? address))
            {
                return address;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no address with a port.");
            return null;
        },
    };

    private static readonly Option<int> Process = new("--pid") { Description = "The server's process, on this machine.", Required = true };
    private static readonly Option<bool> Tcp = new("--tcp") { Description = "Clients connect over TCP." };
    private static readonly Option<int> Users = new("--users") { Description = "So many: user-0, user-1...", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Password = new("--password") { Description = "Of every user.", DefaultValueFactory = _ => "secret" };
    private static readonly Option<int> Flows = new("--flows") { Description = "Clients that send.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Allocations = new("--allocations") { Description = "To be held.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Rate = new("--rate") { Description = "Packets per second of each flow.", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Size = new("--size") { Description = "Payload of a packet, in bytes.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 20 };
    private static readonly Option<double> WarmUp = new("--warm-up") { Description = "Seconds before packets count.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Idle = new("--idle") { Description = "Seconds without packets, to see what the server does then.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> MaxLoss = new("--max-loss") { Description = "The part that may be lost.", DefaultValueFactory = _ => 0.001 };

    public static RootCommand Make()
    {
        var relay = new Command("relay", "Sends packets through the server to peers that send them back; prints one line of JSON.")
        {
            Server, Process, Tcp, Users, Password, Flows, Rate, Size, Seconds, WarmUp, Idle, MaxLoss,
        };
        relay.SetAction(parsed => Run(() => RelayRun.Run(ReadRelay(parsed))));
        var hold = new Command("hold", "Makes allocations, holds them and gives them back; prints a line of JSON whenever that has come a step further.")
        {
            Server, Process, Users, Password, Allocations, Seconds, Size, MaxLoss,
        };
        hold.SetAction(parsed => Run(() => HoldRun.Run(Read(parsed, Allocations))));
        return new RootCommand("Loads a TURN server, checks what it does with every packet, and tells what that costs it.") { relay, hold };
    }

    private static int Run(Func<bool> run)
    {
        try
        {
            return run() ? 0 : 1;
        }
        catch (LoadFailedException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static LoadOptions ReadRelay(ParseResult parsed) => Read(parsed, Flows) with
    {
        Tcp = parsed.GetValue(Tcp),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        Idle = TimeSpan.FromSeconds(parsed.GetValue(Idle)),
        PacketsPerSecond = AtLeast(1, parsed.GetValue(Rate), Rate),
    };

    private static LoadOptions Read(ParseResult parsed, Option<int> flows) => new()
    {
        Server = parsed.GetRequiredValue(Server),
        Process = parsed.GetRequiredValue(Process),
        Flows = AtLeast(1, parsed.GetValue(flows), flows),
        Users = AtLeast(1, parsed.GetValue(Users), Users),
        Password = parsed.GetRequiredValue(Password),
        Time = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        Size = AtLeast(Packet.MinLength, parsed.GetValue(Size), Size),
        MaxLoss = parsed.GetValue(MaxLoss),
    };

    private static int AtLeast(int least, int value, Option<int> option) =>
        value >= least ? value : throw new LoadFailedException($"{option.Name} is at least {least}.");
}
