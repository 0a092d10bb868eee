using Microsoft.AspNetCore.Http.Features;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>Keeps apart what two of the official suites listen for one at a time.</summary>
/// <remarks>
/// They await an event, and only then listen for the next. Of what one read of their WebSocket brings they hear the first alone: "open", but
/// not the handshake's packet behind it; the answer to a CONNECT, but not the greeting. The reference, too, is heard in full only when its
/// two writes happen to be read apart.
/// </remarks>
internal static class Apart
{
    /// <summary>Longer than a busy client's turn, and well below the suites' pings (300 ms).</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Pauses between the answer to an upgrade and whatever is sent first.</summary>
    public static void UseApartUpgrades(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new ApartUpgrade(upgrade));
        }

        return next(context);
    });

    private sealed class ApartUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            var stream = await upgrade.UpgradeAsync();
            await Task.Delay(Pause);
            return stream;
        }
    }
}
