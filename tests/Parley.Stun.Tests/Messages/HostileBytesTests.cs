using System.Globalization;
using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>
/// Whatever bytes come, nothing throws and nothing is found that is not there. PARLEY_FUZZ_SECONDS makes each test search for so long,
/// from a seed that nobody has tried; PARLEY_FUZZ_SEED repeats one run. A failure names its seed and its round.
/// </summary>
public sealed class HostileBytesTests
{
    private const int Rounds = 200_000;

    private static readonly byte[] Key = "key"u8.ToArray();

    private static readonly byte[][] Originals =
    [
        Vectors.Request, Vectors.IPv4Response, Vectors.IPv6Response, Vectors.LongTermRequest, Vectors.Sha256Request, Indication(),
        [0x40, 0x01, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0],
    ];

    [Fact]
    public void Any_bytes_are_a_message_or_none()
    {
        int messages = 0;
        Search(bytes =>
        {
            if (!StunMessage.TryRead(bytes, out StunMessage message))
            {
                return;
            }

            messages++;
            ReadEverything(message, bytes.Length);
        });
        messages.ShouldBeGreaterThan(1_000, "or nothing was tried");
    }

    [Fact]
    public void Any_bytes_are_ChannelData_or_none()
    {
        int found = 0;
        Search(bytes =>
        {
            if (ChannelData.TryRead(bytes, out ushort channel, out ReadOnlySpan<byte> data))
            {
                found++;
                ChannelData.IsChannel(channel).ShouldBeTrue();
                data.Length.ShouldBeLessThanOrEqualTo(bytes.Length - ChannelData.HeaderLength);
            }
        });
        found.ShouldBeGreaterThan(1_000, "or nothing was tried");
    }

    [Fact]
    public void Any_stream_comes_to_its_end_or_is_given_up()
    {
        int frames = 0;
        Search(bytes =>
        {
            ReadOnlySpan<byte> rest = bytes;
            while (StreamFraming.Look(rest, out int length) is FrameKind.Stun or FrameKind.ChannelData)
            {
                length.ShouldBeInRange(StreamFraming.HeaderLength, rest.Length);
                rest = rest[length..];
                frames++;
            }
        });
        frames.ShouldBeGreaterThan(1_000, "or nothing was tried");
    }

    private static void ReadEverything(StunMessage message, int length)
    {
        int attributes = 0;
        foreach (StunAttribute attribute in message.Attributes)
        {
            attributes++;
            message.TryReadXorAddress(attribute.Value, out _);
            message.TryGetAddress(attribute.Type, out _);
            message.TryGetXorAddress(attribute.Type, out TransportAddress address);
            (address.Port <= ushort.MaxValue).ShouldBeTrue();
            message.TryGetUInt32(attribute.Type, out _);
            message.TryGetUInt64(attribute.Type, out _);
        }

        attributes.ShouldBeLessThanOrEqualTo((length - 20) / 4);
        if (message.TryGetErrorCode(out StunErrorCode code))
        {
            ((int)code).ShouldBeInRange(300, 699);
        }

        message.TryGetChannelNumber(out _);
        StunIntegrity.VerifyFingerprint(message);
        StunIntegrity.VerifySha1(message, Key).ShouldBeFalse();
        StunIntegrity.VerifySha256(message, Key, minLength: 16).ShouldBeFalse();
    }

    private delegate void Attempt(ReadOnlySpan<byte> bytes);

    private static void Search(Attempt attempt)
    {
        if (Setting("PARLEY_FUZZ_SEED") is { } repeated)
        {
            Run(attempt, repeated);
        }
        else if (Setting("PARLEY_FUZZ_SECONDS") is { } seconds)
        {
            long begun = TimeProvider.System.GetTimestamp();
            for (int seed = (int)(begun & 0x3FFF_FFFF); TimeProvider.System.GetElapsedTime(begun).TotalSeconds < seconds; seed++)
            {
                Run(attempt, seed);
            }
        }
        else
        {
            Run(attempt, seed: 8_489);
        }
    }

    private static void Run(Attempt attempt, int seed)
    {
        var random = new Random(seed);
        byte[] buffer = new byte[600];
        for (int round = 0; round < Rounds; round++)
        {
            Span<byte> bytes = Make(random, buffer);
            try
            {
                attempt(bytes);
            }
            catch (Exception thrown)
            {
                throw new ShouldAssertException($"Seed {seed}, round {round}: {Convert.ToHexString(bytes)}", thrown);
            }
        }
    }

    /// <summary>Noise, noise behind a header that fits, or something good with a few bytes changed, cut or doubled.</summary>
    private static Span<byte> Make(Random random, byte[] buffer)
    {
        int length = random.Next(120);
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(buffer.AsSpan(0, length));
                break;
            case 1:
                length = 20 + (random.Next(25) * 4);
                random.NextBytes(buffer.AsSpan(0, length));
                Convert.FromHexString("2112A442").CopyTo(buffer.AsSpan(4));
                (buffer[0], buffer[2], buffer[3]) = ((byte)(buffer[0] & 0x3F), 0, (byte)(length - 20));
                for (int at = 20; at + 4 <= length; at += 4 + ((buffer[at + 3] + 3) & ~3))
                {
                    (buffer[at + 2], buffer[at + 3]) = (0, (byte)random.Next(0, Math.Max(1, length - at)));
                }

                break;
            default:
                byte[] original = Originals[random.Next(Originals.Length)];
                original.CopyTo(buffer, 0);
                length = original.Length;
                if (random.Next(4) == 0)
                {
                    original.CopyTo(buffer, length);
                    length *= 2;
                }

                for (int change = random.Next(4); change > 0; change--)
                {
                    buffer[random.Next(length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : random.Next(2) * 255);
                }

                length = random.Next(8) == 0 ? random.Next(length + 1) : length;
                break;
        }

        return buffer.AsSpan(0, length);
    }

    private static byte[] Indication()
    {
        byte[] bytes = new byte[100];
        var writer = new StunMessageWriter(bytes, StunMethod.Send, StunClass.Indication, default);
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse("192.0.2.1:9"));
        writer.Add(StunAttributeType.Data, "hello"u8);
        writer.TryFinish(out int length);
        return bytes[..length];
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
