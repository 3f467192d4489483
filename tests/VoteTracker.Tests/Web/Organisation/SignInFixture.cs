using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>A service and the provider of its organisation. Both have one clock, which begins at the time of the machine.</summary>
internal sealed class SignInFixture : IAsyncDisposable
{
    private readonly HttpClient _atProvider = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private SignInFixture(Provider provider, App app) => (Provider, App) = (provider, app);

    public Provider Provider { get; }

    public App App { get; }

    public static async Task<SignInFixture> Start(Action<Dictionary<string, string>>? change = null)
    {
        // The library checks the age of a nonce by the clock of the machine.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var provider = await Provider.Start(clock);
        var folder = Directory.CreateTempSubdirectory("votetracker-provider-").FullName;
        var settings = provider.Settings(folder);
        change?.Invoke(settings);
        return new SignInFixture(provider, new App(clock, settings)) { Folder = folder };
    }

    private string Folder { get; init; } = "";

    /// <summary>A browser with cookies of its own.</summary>
    public HttpClient Browser() => App.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });

    /// <summary>Follows the link of the sign-in to the provider and back, and returns the last response.</summary>
    public async Task<HttpResponseMessage> SignIn(HttpClient browser, string page = "/") =>
        await browser.GetAsync(await Authorize(await Begin(browser, page)));

    /// <summary>The address at the provider to which the service redirects.</summary>
    public static async Task<Uri> Begin(HttpClient browser, string page = "/")
    {
        using var answer = await browser.GetAsync($"/sign-in/organisation?return={Uri.EscapeDataString(page)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    /// <summary>The address of the service to which the provider redirects.</summary>
    public async Task<Uri> Authorize(Uri address)
    {
        using var answer = await _atProvider.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    /// <summary>Opens an address at the provider.</summary>
    public Task<HttpResponseMessage> AtProvider(string address) => _atProvider.GetAsync(address);

    public async ValueTask DisposeAsync()
    {
        _atProvider.Dispose();
        App.Dispose();
        await Provider.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
