namespace Parley.SocketIO.Generators.Models;

/// <summary>What was read of a type: the model, unless something is wrong with it, and what that is.</summary>
internal sealed record ReadResult<T>(T? Model, EquatableArray<Finding> Findings)
    where T : class, IEquatable<T>;
