namespace Parley.Server.Listening;

/// <summary>The listener for HTTPS on all interfaces that comes with a certificate.</summary>
/// <param name="Port">0 to 65535; 0 is one that the system chooses.</param>
/// <param name="IsDefault">Nobody asked for this port, so another one will do.</param>
internal sealed record HttpsListener(int Port, bool IsDefault);
