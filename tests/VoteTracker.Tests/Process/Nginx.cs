using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VoteTracker.Tests.Process;

/// <summary>nginx with the sample configuration, in front of services that run, on a free port.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Folder _folder = new();
    private readonly System.Diagnostics.Process _process;

    private Nginx(int port, IEnumerable<Uri> services)
    {
        Address = new Uri($"http://127.0.0.1:{port}/");
        var sample = Repository.Read("src/operations/nginx.conf");
        var changed = Replace(
            sample,
            "    server 127.0.0.1:5080;",
            string.Join('\n', services.Select(service => $"    server {service.Authority};"))
        );
        changed = Replace(changed, "/var/cache/votetracker", $"{_folder}/cache");
        changed = Replace(changed, "listen 127.0.0.1:8080;", $"listen 127.0.0.1:{port};");
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        File.WriteAllText(
            Path.Combine(_folder, "nginx.conf"),
            $$"""
            {{user}}
            worker_processes 2;
            daemon off;
            pid {{_folder}}/nginx.pid;
            error_log {{_folder}}/error.log;
            events { worker_connections 4096; }
            http {
              access_log {{_folder}}/access.log;
              client_body_temp_path {{_folder}}/body;
              proxy_temp_path {{_folder}}/proxy;
              fastcgi_temp_path {{_folder}}/fastcgi;
              uwsgi_temp_path {{_folder}}/uwsgi;
              scgi_temp_path {{_folder}}/scgi;
            {{changed}}
            }
            """
        );
        _process = System.Diagnostics.Process.Start(
            new ProcessStartInfo(
                "nginx",
                ["-p", _folder.Path, "-c", $"{_folder}/nginx.conf", "-e", $"{_folder}/error.log"]
            )
        )!;
    }

    public Uri Address { get; }

    /// <summary>The log of requests.</summary>
    public string AccessLog => File.ReadAllText(Path.Combine(_folder, "access.log"));

    /// <summary>Starts nginx and waits until it responds.</summary>
    public static async Task<Nginx> Before(params Uri[] services)
    {
        var nginx = new Nginx(Port.Free(), services);
        using var client = nginx.Client();
        for (var tries = 0; ; tries++)
        {
            try
            {
                (await client.GetStringAsync("health/live")).ShouldNotBeNull();
                return nginx;
            }
            catch (HttpRequestException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }
        return client;
    }

    /// <summary>A client at another address of this machine: the whole of 127.0.0.0/8.</summary>
    public HttpClient ClientFrom(string address) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, stop) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = Address,
        };

    public async ValueTask DisposeAsync()
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    // A free port may contain the digits of a port of the sample, so the result cannot be searched for them.
    private static string Replace(string text, string old, string replacement)
    {
        text.ShouldContain(old, Case.Sensitive);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }
}
