using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Parley.Server.Api;

/// <summary><c>GET /api/v1/openapi.json</c>: the API as OpenAPI has it, made of the endpoints themselves. Open to everybody: this page is, too.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string SchemeName = "bearer";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => $"/{description.RelativePath}".StartsWith($"{ApiEndpoints.Root}/", StringComparison.Ordinal);
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            Describe(operation, context.Document!);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        var provider = endpoints.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);

        // Made once, and not for each who asks: it costs more than any other answer.
        var written = new Lazy<Task<string>>(() => WriteAsync(provider));
        endpoints.MapGet($"{ApiEndpoints.Root}/openapi.json", async (HttpContext context) =>
        {
            var json = await written.Value;
            return Results.Text(
                context.Request.PathBase.HasValue
                    ? json.Replace(Servers("/"), Servers(context.Request.PathBase.ToUriComponent()), StringComparison.Ordinal)
                    : json,
                "application/json");
        }).ExcludeFromDescription();
    }

    private static async Task<string> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var parsed = JsonDocument.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));

        // Without the white space, so that the place of the server's address is known.
        return JsonSerializer.Serialize(parsed.RootElement);
    }

    private static string Servers(string url) => $$"""{"url":{{JsonSerializer.Serialize(url)}}}""";

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Parley",
            Version = Name,
            Description = "Rooms from outside. A request needs a JSON Web Token of your own making, signed with a secret of Parley:JoinTokens:Secrets "
                + $"(HS256), with \"aud\": \"{ApiKeeper.Audience}\" and an \"exp\" at most an hour ahead.",
        };
        document.Servers = [new() { Url = "/" }];
        document.Tags = null;
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = SchemeName, BearerFormat = "JWT" },
        };
    }

    private static void Describe(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Tags = null;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
        if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == "limit") is { } limit)
        {
            // Read as a text, so that a wrong one is a problem like any other.
            limit.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "1000", Default = 100 };
        }

        operation.Responses ??= [];
        foreach (var (status, description) in new[] { ("401", "The token is missing, or does not hold."), ("429", "Too many requests from this address have failed to prove who they are.") })
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(ApiProblem), document) },
                },
            };
        }
    }
}
