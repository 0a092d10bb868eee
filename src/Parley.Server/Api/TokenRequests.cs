using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Parley.Server.JoinTokens;
using Parley.Server.Jwt;
using Parley.Server.Rooms;
using Parley.Server.Signalling;

namespace Parley.Server.Api;

/// <summary>Reads what join token somebody wants, and makes it.</summary>
internal sealed class TokenRequests(JoinTokenMint mint, TimeProvider time)
{
    public const int MaxBodyBytes = 16 * 1024;

    private const int DefaultLifetime = 3600;
    private const int MaxLifetime = 365 * 24 * 3600;
    private const int MaxTextLength = 256;
    private const int MaxPersonLength = 128;
    private const long MaxTime = 9_999_999_999;

    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false };

    public async Task<Results<Created<ApiToken>, JsonHttpResult<ApiProblem>>> MintAsync(HttpContext context)
    {
        // What has no type at all gets here; another one does not.
        if (!context.Request.HasJsonContentType())
        {
            return Problems.NotJson();
        }

        // Kestrel stops reading there, and a body without a length is no exception.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxBodyBytes;
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(context.Request.Body, Json, context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(MaxBodyBytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Problems.Invalid("The body is no JSON, or has a key twice.");
        }

        using (document)
        {
            var payload = new PayloadReader(document.RootElement);
            var order = Read(payload);
            return payload.Error is null ? Mint(context.Request, order) : Problems.Invalid(payload.Error);
        }
    }

    private JoinTokenOrder Read(PayloadReader payload)
    {
        var room = payload.RoomName("room");
        var name = payload.OptionalText("name", MaxTextLength) is null ? null : payload.DisplayName("name");
        var role = payload.OptionalText("role", MaxTextLength);
        if (role is not (null or "host" or "participant"))
        {
            payload.Fail("role", "must be \"host\" or \"participant\"");
        }

        var person = payload.OptionalText("sub", MaxPersonLength);
        if (person is { Length: 0 or > MaxPersonLength })
        {
            payload.Fail("sub", $"must be a text of 1 to {MaxPersonLength} characters");
        }

        var lifetime = payload.OptionalInteger("expiresIn", 1, MaxLifetime) ?? DefaultLifetime;
        DateTimeOffset? begin = payload.OptionalInteger("nbf", 0, MaxTime) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        return new(room, name, role == "host" ? Role.Host : Role.Participant, person, begin, (begin > now ? begin.Value : now).AddSeconds(lifetime));
    }

    private Results<Created<ApiToken>, JsonHttpResult<ApiProblem>> Mint(HttpRequest request, JoinTokenOrder order)
    {
        var token = mint.Mint(order);
        if (token.Length > JwtReader.MaxLength)
        {
            return Problems.Invalid($"The token would be longer than {JwtReader.MaxLength} characters: shorten room, name or sub.");
        }

        var link = UriHelper.BuildAbsolute(
            request.Scheme, request.Host, request.PathBase.Value?.TrimEnd('/'), $"/r/{order.Room}", fragment: new($"#token={token}"));
        return TypedResults.Created((string?)null, new ApiToken(token, link, order.ExpiresAt));
    }
}
