using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Rooms;

namespace Parley.Server.IceServers;

/// <summary>Gives each participant its ICE servers, with credentials of its own where the server shares a secret with us.</summary>
internal sealed class IceServerIssuer(IReadOnlyList<IceServerOptions> options, TimeProvider time)
{
    /// <summary>Those that are configured.</summary>
    /// <param name="participant">For whom.</param>
    /// <param name="atMost">How long credentials made from a secret are good, if that is shorter than configured.</param>
    public IceServerList IssueFor(ParticipantId participant, TimeSpan? atMost = null)
    {
        var now = time.GetUtcNow();
        long? expiresAt = null;
        var servers = new List<IceServer>(options.Count);
        foreach (var server in options)
        {
            switch (server.Credentials)
            {
                case null:
                    servers.Add(new(server.Urls, null, null));
                    break;
                case TurnCredentials.Static known:
                    servers.Add(new(server.Urls, known.Username, known.Credential));
                    break;
                case TurnCredentials.Minted minted:
                    var expiry = (now + (atMost < minted.Lifetime ? atMost.Value : minted.Lifetime)).ToUnixTimeSeconds();
                    var username = string.Create(CultureInfo.InvariantCulture, $"{expiry}:{participant}");
                    servers.Add(new(server.Urls, username, Mint(minted.Secret, username)));
                    expiresAt = Math.Min(expiresAt ?? long.MaxValue, expiry * 1000);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return new(servers, expiresAt);
    }

    /// <summary>The password of draft-uberti-behave-turn-rest-00, section 2.2: base64(HMAC-SHA1(secret, username)).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The scheme that TURN servers understand; HMAC-SHA1 is not broken by collisions.")]
    public static string Mint(string secret, string username) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username)));
}
