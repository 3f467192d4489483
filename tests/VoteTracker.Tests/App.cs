using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Database.Time;
using VoteTracker.Features.Webhooks.Sending;
using VoteTracker.Live;

namespace VoteTracker.Tests;

/// <summary>
/// The service with its own database for one test, which uses it through HTTP. It begins like a new installation, with
/// the record loaded. The record is loaded once and copied.
/// </summary>
internal sealed class App : WebApplicationFactory<Program>
{
    public const string AdminKey = "vt_the-admin-key-of-the-tests-0123456789";

    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _settings;
    private readonly string? _contentRoot;
    private readonly bool _keepFolder;
    private readonly bool _hasOtherWriters;
    private ManualResetEventSlim? _closed;
    private Uri? _address;
    private string? _urls;

    public App(
        FakeTimeProvider? clock = null,
        Dictionary<string, string>? settings = null,
        string? folder = null,
        string? contentRoot = null,
        bool hasOtherWriters = false
    )
    {
        _hasOtherWriters = hasOtherWriters;
        _contentRoot = contentRoot;
        Clock = clock ?? Clocks.NewYorkMorning();
        _settings = settings ?? [];
        _keepFolder = folder is not null;
        Folder = folder ?? Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        if (!Databases.Exists(Folder))
        {
            Databases.CopyTemplate(Folder);
        }
    }

    /// <summary>The folder of its database.</summary>
    public string Folder { get; }

    public string DatabaseFile => Databases.FileOf(Folder);

    public FakeTimeProvider Clock { get; }

    /// <summary>Everything that was logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The address of the real server for a browser. The first read starts it.</summary>
    public Uri Address => _address ??= new Uri($"http://{Listen(Port)}/");

    /// <summary>Whether the service counts its own time, as in production. Otherwise its clock is that of the test.</summary>
    public bool IsSteady { private get; init; }

    /// <summary>The port of <see cref="Address"/>; 0 for a free one.</summary>
    public int Port { private get; init; }

    /// <summary>Sees all requests before the service, and all responses after it.</summary>
    public IStartupFilter? Watcher { private get; init; }

    /// <summary>Resolves the names of the receivers of webhooks; the resolver of the machine if it is null.</summary>
    public NameResolver? Resolver { private get; init; }

    /// <summary>A client without a key.</summary>
    public HttpClient Anonymous => CreateClient();

    public HttpClient Viewer => As("viewer");

    public HttpClient Lobbyist => As("lobbyist");

    public HttpClient Coordinator => As("coordinator");

    public HttpClient Admin => WithKey(AdminKey);

    /// <summary>A client with a key of this role, made by the API.</summary>
    public HttpClient As(string role) =>
        WithKey(
            _keys.GetOrAdd(
                role,
                r =>
                {
                    using var admin = Admin;
                    // Another app on the same database may have the label.
                    for (var number = 1; ; number++)
                    {
                        var label = number == 1 ? r : $"{r} {number}";
                        using var answer = admin
                            .PostAsJsonAsync("/v1/api-keys", new { label, role = r })
                            .GetAwaiter()
                            .GetResult();
                        if (answer.StatusCode == HttpStatusCode.Conflict)
                        {
                            continue;
                        }
                        answer.EnsureSuccessStatusCode();
                        return answer.Json().GetAwaiter().GetResult()["key"]!.GetValue<string>();
                    }
                }
            )
        );

    public HttpClient WithKey(string key)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Opens a draft and returns its id. Missing fields have defaults.</summary>
    public async Task<string> OpenDraft(object? fields = null, string symbol = "A/ES-10/L.34")
    {
        using var coordinator = Coordinator;
        return await coordinator.OpenDraft(fields, symbol);
    }

    /// <summary>
    /// Starts the real server on the loopback address, for clients that write their own bytes: on this port, or on a free
    /// one.
    /// </summary>
    public IPEndPoint Listen(int port = 0)
    {
        // The port is a setting: setting it on the server is too late if the program was fast.
        _urls = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        UseKestrel();
        StartServer();
        var address = Services
            .GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses.ShouldHaveSingleItem();
        return new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("Database", Databases.Setting(Folder));
        // A watcher of appsettings.json in each app: the system allows only some hundred at a time.
        builder.UseSetting("hostBuilder:reloadConfigOnChange", "false");
        builder.UseSetting("AdminKey", AdminKey);
        if (_urls is not null)
        {
            builder.UseSetting("Urls", _urls);
        }
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }
        builder.ConfigureLogging(logging =>
            logging.ClearProviders().AddProvider(new QueueLog(Log)).SetMinimumLevel(LogLevel.Trace)
        );
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(_ => new Last(_closed = new ManualResetEventSlim()));
            services.Replace(
                ServiceDescriptor.Singleton<TimeProvider>(provider =>
                {
                    // Made before the database, which needs the clock, and so closed after it.
                    provider.GetRequiredService<Last>();
                    return IsSteady ? new SteadyClock(Clock) : Clock;
                })
            );
        });
        if (Watcher is { } watcher)
        {
            builder.ConfigureTestServices(services => services.Insert(0, ServiceDescriptor.Singleton(watcher)));
        }
        if (Resolver is { } resolver)
        {
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(resolver)));
        }
        if (!_hasOtherWriters)
        {
            // Setting the clock would also let the writer look for other processes, which is a write that no test requests.
            builder.ConfigureTestServices(services =>
                services.Remove(services.Single(s => s.ImplementationType == typeof(ReplicaFeed)))
            );
        }
        if (_contentRoot is not null)
        {
            // The program sets its content root, so a later setting of the host has no effect.
            builder.ConfigureTestServices(services =>
                services
                    .Select(s => s.ImplementationInstance)
                    .OfType<IHostEnvironment>()
                    .ToList()
                    .ForEach(e => e.ContentRootPath = _contentRoot)
            );
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // The program closes itself at the same time, and the factory does not wait for that.
        if (disposing)
        {
            _closed?.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue("the service closes");
        }
        if (disposing && !_keepFolder && Directory.Exists(Folder))
        {
            Databases.Drop(Folder);
            Directory.Delete(Folder, recursive: true);
        }
    }

    private sealed class Last(ManualResetEventSlim closed) : IDisposable
    {
        public void Dispose() => closed.Set();
    }

    private sealed class QueueLog(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
