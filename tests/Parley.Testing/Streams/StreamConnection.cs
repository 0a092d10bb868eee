using Parley.Core.Addresses;
using Parley.Testing.Hosts;

namespace Parley.Testing.Streams;

/// <summary>Makes connections: a round trip, then both ends are open.</summary>
internal static class StreamConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    public static VirtualStream Begin(VirtualHost from, TransportAddress local, TransportAddress remote, TransportProtocol protocol)
    {
        VirtualWorld world = from.World;
        VirtualStream near = new(from, local, remote, protocol);
        StreamPath path = StreamPath.Find(from, local, remote);
        TimelineEntry entry = world.Timeline.Add(TimelineEntry.Note(world.Now, from.Name, $"connects to {from.NameOf(remote)} {protocol}"));
        if (path.To is null || path.IsCut)
        {
            entry.Fate = "no answer";
            world.After(ConnectTimeout, near.End);
            return near;
        }

        VirtualStream far = new(path.To, path.Destination, path.Source, protocol);
        StreamPipe there = new(path, near, far);
        StreamPipe back = new(path, far, near);
        near.Attach(there);
        far.Attach(back);
        world.After(path.DrawDelay(), () => Accept(path, near, far, there, back));
        return near;
    }

    private static void Accept(StreamPath path, VirtualStream near, VirtualStream far, StreamPipe there, StreamPipe back)
    {
        VirtualWorld world = path.From.World;
        if (path.To!.ListenerAt(path.Destination) is not { } accepted)
        {
            world.Note(path.To.Name, $"refuses a connection from {path.Source}");
            world.After(path.DrawDelay(), near.End);
            return;
        }

        far.Open();
        accepted(far);
        back.Open();
        world.After(path.DrawDelay(), () =>
        {
            if (!near.HasEnded)
            {
                near.Open();
            }

            there.Open();
        });
    }
}
