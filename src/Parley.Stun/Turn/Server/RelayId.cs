namespace Parley.Stun.Turn.Server;

/// <summary>Names the socket of a relayed transport address; never used again for another one.</summary>
/// <param name="Value">Counts from 1.</param>
public readonly record struct RelayId(long Value);
