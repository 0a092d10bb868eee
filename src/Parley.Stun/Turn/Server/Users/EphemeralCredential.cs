namespace Parley.Stun.Turn.Server.Users;

/// <summary>What a client is given to use a TURN server for a while.</summary>
/// <param name="Username">For USERNAME; of a browser's ICE server, <c>username</c>.</param>
/// <param name="Password">Of a browser's ICE server, <c>credential</c>.</param>
/// <param name="Expires">From then on it is good for nothing new.</param>
public sealed record EphemeralCredential(string Username, string Password, DateTimeOffset Expires);
