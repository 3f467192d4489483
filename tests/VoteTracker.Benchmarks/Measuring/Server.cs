using System.Diagnostics;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>A server as its own process, in its own folder, on a free port of the loopback address.</summary>
internal sealed class Server : IAsyncDisposable
{
    public const string AdminKey = "vt_the-key-of-the-benchmarks-0123456789ab";

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _folder;
    private bool _failing;

    private Server(ProcessStartInfo start, string? folder)
    {
        _folder = folder;
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>VoteTracker as it ships.</summary>
    public static Task<Server> VoteTracker(string? folder = null, string? database = null, string? webhookHosts = null)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("votetracker-bench-").FullName : null;
        var program = Path.Combine(AppContext.BaseDirectory, "VoteTracker.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--Urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder ?? own!,
            Environment = { ["VOTETRACKER_ADMINKEY"] = AdminKey, ["VOTETRACKER_KEYREQUESTSPERMINUTE"] = "0" },
        };
        if (webhookHosts is not null)
        {
            start.Environment["VOTETRACKER_WEBHOOKHOSTS"] = webhookHosts;
        }
        if (database is not null)
        {
            start.Environment["VOTETRACKER_DATABASE"] = database;
        }
        return Listening(new Server(start, own));
    }

    /// <summary>The bare ASP.NET Core program of <see cref="Measuring.Bare"/>.</summary>
    public static Task<Server> Bare() =>
        Listening(
            new Server(
                new ProcessStartInfo(
                    "dotnet",
                    [Path.Combine(AppContext.BaseDirectory, "VoteTracker.Benchmarks.dll"), "bare", "http://127.0.0.1:0"]
                ),
                null
            )
        );

    /// <summary>nginx with two workers and these directives in its server block.</summary>
    public static async Task<Server> Nginx(string locations, string modules = "")
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-nginx-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            $$"""
            {{modules}}
            user root;
            worker_processes 2;
            worker_rlimit_nofile 20000;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 10000; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              sendfile on;
              tcp_nopush on;
              default_type application/json;
              client_body_temp_path {{folder}}/body;
              server {
                listen 127.0.0.1:{{port}} backlog=4096;
                root {{folder}};
                {{locations}}
              }
            }
            """
        );
        var server = new Server(
            new ProcessStartInfo("nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")]),
            folder
        )
        {
            Address = new Uri($"http://127.0.0.1:{port}/"),
        };
        await server.Answers();
        return server;
    }

    /// <summary>Writes a file that nginx serves.</summary>
    public Task Put(string name, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(_folder!, name), bytes);

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM to the started process only: nginx stops its own workers.
            using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<Server> Listening(Server server)
    {
        server.Address = await server._listening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Answers()
    {
        using var client = new HttpClient();
        for (var i = 0; ; i++)
        {
            try
            {
                using var answer = await client.GetAsync(Address);
                return;
            }
            catch (HttpRequestException) when (i < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private void Take(string? line)
    {
        const string listening = "Now listening on: ";
        if (line?.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listening.TrySetResult(new Uri(line[(at + listening.Length)..].Trim()));
        }
        // A server that fails under load must not look slow. The lines after this one have the reason, and are shown too.
        _failing |= line?.StartsWith("fail:", StringComparison.Ordinal) is true;
        if (_failing)
        {
            Console.Error.WriteLine(line);
        }
    }
}
