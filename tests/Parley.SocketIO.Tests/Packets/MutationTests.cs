using System.Globalization;
using System.Text;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.EngineIO;

namespace Parley.SocketIO.Tests.Packets;

/// <summary>
/// Packets and payloads that are almost right, and bytes that mean nothing: no exception, no more memory than their length is worth.
/// Seeded: a failure names its round. PARLEY_FUZZ_ROUNDS asks for more of them.
/// </summary>
public sealed class MutationTests
{
    private const int MemoryForEachByte = 100;
    private const int MemoryBeside = 64 * 1024;

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("PARLEY_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 20_000;

    private static readonly byte[][] Texts =
    [
        .. new[]
        {
            "0", "0/custom,{\"token\":\"123\"}", "1/custom,", "2[\"e\",1,\"2\",{\"3\":[true,null]}]", "2/chat,12[\"e\",\"\\ud83d\\ude00é\"]",
            "3/chat,7[\"a\",{}]", "52-/chat,9[\"e\",{\"_placeholder\":true,\"num\":0},{\"a\":{\"num\":1,\"_placeholder\":true}}]", "61-3[{\"_placeholder\":true,\"num\":0}]",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Maps =
    [
        .. new[]
        {
            "83a47479706500a464617461d40000a36e7370a12f",
            "83a47479706500a46461746181a5746f6b656ea3313233a36e7370a72f637573746f6d",
            "82a47479706501a36e7370a72f637573746f6d",
            "85a47479706502a46461746194a16501a13281a13392c3c0a76f7074696f6e7381a8636f6d7072657373c3a269640ca36e7370a12f",
            "83a47479706502a46461746196a162c40301020381a16191c7010004c70000c708000000000000000000c7010000a36e7370a12f",
            "83a47479706502a46461746195a175d700ffffffffffffffff82a161d40000a16201cb7ff8000000000000d6ff00000001a36e7370a12f",
            "84a47479706503a2696400a46461746192a178c40109a36e7370a52f63686174",
        }.Select(Convert.FromHexString),
    ];

    [Fact]
    public void Json_that_is_almost_right() => Mutate(new SocketIOOptions { MaxPacketBytes = 2000 }, Texts, seed: 31);

    [Fact]
    public void Messagepack_that_is_almost_right() => Mutate(new SocketIOOptions { MaxPacketBytes = 2000 }.UseMessagePack(), Maps, seed: 32);

    [Fact]
    public void Payloads_that_are_almost_right()
    {
        var random = new Random(33);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var payload = Encoding.UTF8.GetBytes(string.Join('\u001e', Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(3) switch
            {
                0 => "b" + Convert.ToBase64String(Maps[random.Next(Maps.Length)]),
                1 => "4" + Encoding.UTF8.GetString(Texts[random.Next(Texts.Length)]),
                _ => "3",
            })));
            payload = random.Next(4) == 0 ? payload : Mutated(payload, payload, random);
            if (!PayloadReader.IsAcceptable(payload, 8))
            {
                continue;
            }

            var reader = new PayloadReader((byte[])payload.Clone());
            var (packets, bytes) = (0, 0);
            while (reader.TryRead(out var packet, out _))
            {
                packets++;
                bytes += packet?.Length ?? 0;
            }

            packets.ShouldBeInRange(1, 8, $"round {round}");
            bytes.ShouldBeLessThanOrEqualTo(payload.Length, $"round {round}");
            PayloadTests.Read(payload).Count.ShouldBe(packets, $"round {round}");
            read += packets;
        }

        read.ShouldBeGreaterThan(Rounds);
    }

    private static void Mutate(SocketIOOptions options, byte[][] seeds, int seed)
    {
        var isBinary = ReferenceEquals(seeds, Maps);
        var serializer = new ArgumentSerializer(options);
        var random = new Random(seed);
        var (packets, violations) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var message = Message(seeds, random);
            var decoder = new PacketDecoder(options, serializer);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = decoder.Read(message, isBinary ^ (random.Next(50) == 0), out var packet);
            while (result == DecodeResult.AttachmentsPending)
            {
                result = decoder.Read(new byte[random.Next(4)], isBinary: random.Next(20) > 0, out packet);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before)
                .ShouldBeLessThan(MemoryBeside + (MemoryForEachByte * message.Length), $"round {round}");
            if (result == DecodeResult.Violation)
            {
                violations++;
                continue;
            }

            packets++;
            Check(packet, options, serializer, round);
        }

        // Both ends of the scale were reached, or this says little.
        packets.ShouldBeGreaterThan(Rounds / 50);
        violations.ShouldBeGreaterThan(Rounds / 50);
    }

    private static byte[] Message(byte[][] seeds, Random random)
    {
        if (random.Next(8) > 0)
        {
            return Mutated(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
        }

        var noise = new byte[random.Next(3000)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Mutated(byte[] seed, byte[] other, Random random)
    {
        List<byte> bytes = [.. seed];
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;

                case 2:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at + 1));
                    break;

                case 3:
                    bytes.InsertRange(at, other.AsSpan(random.Next(other.Length)).ToArray());
                    break;

                case 4:
                    // The same again and again: depth, counts, lengths.
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(1, 300)));
                    break;

                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Check(Packet packet, SocketIOOptions options, ArgumentSerializer serializer, int round)
    {
        packet.Type.ShouldBeOneOf(PacketType.Connect, PacketType.Disconnect, PacketType.Event, PacketType.Ack);
        packet.Size.ShouldBeLessThanOrEqualTo(options.MaxPacketBytes, $"round {round}");
        packet.Namespace.ShouldStartWith("/", Case.Sensitive, $"round {round}");
        packet.Namespace.ShouldNotContain(",");
        if (!packet.Auth.IsEmpty)
        {
            _ = serializer.ReadElement(packet.Auth);
        }

        if (packet.Arguments is not { } arguments)
        {
            return;
        }

        arguments.Attachments.Count.ShouldBeLessThanOrEqualTo(options.MaxAttachments, $"round {round}");
        for (var i = 0; i < arguments.Count; i++)
        {
            _ = arguments.GetElement(i);
            _ = arguments.TryGet<string>(i, out _);
            _ = arguments.TryGet<byte[]>(i, out _);
            _ = arguments.TryGet<Dictionary<string, byte[]>>(i, out _);
        }

        // What has been received can be sent on, by either parser.
        foreach (var other in (SocketIOOptions[])[options with { Parser = null }, (options with { }).UseMessagePack()])
        {
            new PacketEncoder(other, serializer).Ack("/", 0, arguments, static (w, a) => w.Forward(a)).HasMessage.ShouldBeTrue();
        }
    }
}
