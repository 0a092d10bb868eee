using System.Text;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.EngineIO;

namespace Parley.SocketIO.Tests.Packets;

/// <summary>Whatever bytes come, nothing throws and nothing is invented. Seeded: a failure names its round.</summary>
public sealed class HostileBytesTests
{
    private const int Rounds = 10_000;

    // Pieces from which packets that are almost right are put together.
    private static readonly string[] Pieces =
    [
        "0", "1", "2", "3", "4", "5", "6", "7", "51-", "52-", "510-", "/", "/a", ",", "12", "99999999999999999999", "-", "[", "]", "{", "}", "\"e\"",
        "\"connect\"", ":", "1", "-1", "1e9", "null", "true", "{\"_placeholder\":true,\"num\":0}", "{\"_placeholder\":true,\"num\":1}",
        "\"_placeholder\"", "\"num\"", "\"\\ud800\"", "\"\\u00", "\\", "\u001e", "b", "AQID", "=", "é", "\ud83d\ude00", "\0", "\n", " ",
    ];

    private readonly SocketIOOptions _options = new() { MaxPacketBytes = 500 };

    [Fact]
    public void Decoding_any_frames_never_throws_and_keeps_its_bounds()
    {
        var serializer = new ArgumentSerializer(_options);
        var random = new Random(20301);
        var packets = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var decoder = new PacketDecoder(_options, serializer);
            var result = DecodeResult.Packet;
            for (var i = 0; i < 6 && result != DecodeResult.Violation; i++)
            {
                var frame = Frame(random);
                result = decoder.Read(frame, isBinary: random.Next(3) == 0, out var packet);
                if (result == DecodeResult.Packet)
                {
                    packets++;
                    Check(packet, round);
                }
            }
        }

        packets.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Reading_any_payload_never_throws_and_finds_no_more_than_it_holds()
    {
        var random = new Random(4711);
        for (var round = 0; round < Rounds; round++)
        {
            var payload = Frame(random);
            if (PayloadReader.IsAcceptable(payload, 8))
            {
                PayloadTests.Read(payload).Count.ShouldBeLessThanOrEqualTo(8, $"round {round}");
            }
        }
    }

    private static byte[] Frame(Random random)
    {
        if (random.Next(4) == 0)
        {
            var bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            return bytes;
        }

        var text = new StringBuilder(random.Next(2) == 0 ? "2[\"e\"," : "");
        for (var i = random.Next(0, 14); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.Append(random.Next(2) == 0 ? "]" : "").ToString());
    }

    private void Check(Packet packet, int round)
    {
        packet.Size.ShouldBeLessThanOrEqualTo(_options.MaxPacketBytes, $"round {round}");
        packet.Namespace.ShouldStartWith("/", Case.Sensitive, $"round {round}");
        if (packet.Arguments is not { } arguments)
        {
            return;
        }

        arguments.Attachments.Count.ShouldBeLessThanOrEqualTo(_options.MaxAttachments, $"round {round}");
        for (var i = 0; i < arguments.Count; i++)
        {
            _ = arguments.GetElement(i);
            _ = arguments.TryGet<string>(i, out _);
            _ = arguments.TryGet<byte[]>(i, out _);
            _ = arguments.TryGet<Dictionary<string, byte[]>>(i, out _);
        }
    }
}
