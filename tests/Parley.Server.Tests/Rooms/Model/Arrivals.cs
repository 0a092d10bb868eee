using System.Net;
using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>Draws who comes: under which name, with which passcode and which join token.</summary>
internal static class Arrivals
{
    private static readonly string[] Names = ["Ada", "Ben", "Cleo", "Dan"];

    // Two addresses of one network, and another one. Most come from the first.
    private static readonly AddressBlock[] Addresses =
    [
        .. new[] { "2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:2::1", "192.0.2.1" }.Select(address => AddressBlock.Of(IPAddress.Parse(address))),
    ];

    public static Arrival Draw(Step step, long incarnation, MediaState media, bool needsToken)
    {
        var grant = GrantOf(step.Choice / 16, needsToken);
        return new(grant?.Name ?? Names[step.Detail % Names.Length], incarnation, media, Claim: null, grant)
        {
            Passcode = (step.Detail / 4 % 4) switch { 0 => RoomDoor.Code(2), 1 => null, _ => RoomDoor.Code(1) },
            HasBadToken = grant is null && step.Detail / 16 % 16 == 0,
            NeedsToken = needsToken,
            Address = Addresses[step.Detail / 256 % Addresses.Length],
        };
    }

    public static string Text(Arrival arrival) => string.Concat(
        $", from {arrival.Address}",
        arrival.Passcode is { } passcode ? $", passcode {passcode.Value}" : string.Empty,
        arrival.HasBadToken ? ", a bad join token" : string.Empty,
        arrival.Grant is { } grant ? $", {grant}" : string.Empty);

    private static JoinTokenGrant? GrantOf(int bits, bool needsToken) => (bits % (needsToken ? 4 : 16)) switch
    {
        0 => new(Role.Host, NameOf(bits / 16), IdOf(bits / 64)),
        1 or 2 => new(Role.Participant, NameOf(bits / 16), IdOf(bits / 64)),
        _ => null,
    };

    private static string? NameOf(int bits) => bits % 2 == 0 ? null : Names[bits / 2 % Names.Length];

    private static string? IdOf(int bits) => bits % 3 == 0 ? $"jti-{bits / 3 % 4}" : null;
}
