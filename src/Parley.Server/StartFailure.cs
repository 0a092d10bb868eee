using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Configuration;

namespace Parley.Server;

/// <summary>Tells the person who starts the server, in one line, why it does not start.</summary>
internal static class StartFailure
{
    /// <summary>The line; null for what is no fault of the configuration or the machine, but a bug.</summary>
    public static string? Describe(Exception failure) => failure switch
    {
        ConfigurationException => failure.Message,

        // Kestrel names the address in the message and wraps the reason.
        IOException { InnerException: AddressInUseException } => OneLine($"urls: {failure.Message}"),
        SocketException => OneLine($"urls: the address cannot be listened on: {failure.Message}"),

        // A port above 65535: the exception of the endpoint that Kestrel makes of it.
        ArgumentOutOfRangeException { ParamName: "port" } => "urls: a port is a number from 0 to 65535",

        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } when failure.Message.Contains("HTTPS", StringComparison.Ordinal) =>
            "urls: https needs a certificate: Parley:Https:Certificate and Parley:Https:Key, or Parley:Https:SelfSigned=true",

        // What else Kestrel refuses. Everything after the first line is advice at length.
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            OneLine($"urls: {failure.Message.Split('\n')[0]}"),

        // A settings file that is no JSON: the message has the file's name, the innermost one the place.
        InvalidDataException => OneLine($"{failure.Message} {failure.GetBaseException().Message}"),

        // Unreadable addresses ("--urls nonsense") and unreadable command lines.
        FormatException => OneLine(failure.Message),
        IOException or UnauthorizedAccessException => OneLine(failure.Message),
        _ => null,
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
