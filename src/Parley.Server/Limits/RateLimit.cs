using System.Runtime.InteropServices;

namespace Parley.Server.Limits;

/// <summary>How often something may happen.</summary>
/// <param name="AtOnce">As often as this after a long silence, at least once.</param>
/// <param name="PerMinute">As often as this for ever, at least once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateLimit(int AtOnce, int PerMinute)
{
    /// <summary>After this silence everything is allowed again, whatever was before.</summary>
    public TimeSpan Recovery => TimeSpan.FromMinutes((double)AtOnce / PerMinute);
}
