// Serves the page of the whiteboard. The call in it comes from a Parley server, which may be any other host.
using System.Net;
using System.Text;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
string parley = builder.Configuration["Parley"] ?? "http://localhost:8080/";
if (!Uri.TryCreate(parley, UriKind.Absolute, out Uri? server) || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
{
    await Console.Error.WriteLineAsync($"--Parley has to be the address of a Parley server, such as https://meet.example/, and is \"{parley}\".");
    return 1;
}

string address = server.AbsoluteUri.EndsWith('/') ? server.AbsoluteUri : $"{server.AbsoluteUri}/";
string origin = server.GetLeftPart(UriPartial.Authority);
string socket = $"ws{origin[4..]}";

// What a page needs that shows a call from elsewhere: its script, and connections to it by HTTP and WebSocket.
string policy = $"default-src 'none'; script-src 'self' {origin}; style-src 'self'; connect-src {origin} {socket}; img-src data:; base-uri 'none'; frame-ancestors 'none'";

WebApplication app = builder.Build();
string template = await File.ReadAllTextAsync(Path.Combine(app.Environment.WebRootPath, "index.html"));
string page = template.Replace("{{parley}}", WebUtility.HtmlEncode(address), StringComparison.Ordinal);
app.Use((context, next) =>
{
    context.Response.Headers.ContentSecurityPolicy = policy;
    context.Response.Headers.XContentTypeOptions = "nosniff";
    return next(context);
});
app.MapGet("/", () => Results.Text(page, "text/html", Encoding.UTF8));
app.UseStaticFiles();
await app.RunAsync();
return 0;
