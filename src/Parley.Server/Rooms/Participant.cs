using System.Runtime.InteropServices;

namespace Parley.Server.Rooms;

/// <summary>Someone in a room, as the others see them.</summary>
/// <param name="Id">Drawn by the server at the first admission.</param>
/// <param name="Name">Display name, 1 to 64 characters.</param>
/// <param name="Incarnation">Names one page load of the participant: 1 to 2^53 - 1.</param>
/// <param name="Media">What the participant sends now.</param>
/// <param name="Away">Whether the seat is held without a connection.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hand">The hand is raised: smaller for who raised it earlier. Null: it is not.</param>
internal sealed record Participant(ParticipantId Id, string Name, long Incarnation, MediaState Media, bool Away, Role Role, long? Hand);

/// <summary>The whole of what a participant sends: state, so that a late joiner sees the truth.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MediaState(bool Microphone, bool Camera, bool Screen);

/// <summary>The page loads that a relayed message speaks about.</summary>
/// <param name="From">The sender's.</param>
/// <param name="To">The receiver's.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Incarnations(long From, long To);
