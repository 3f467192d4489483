using System.Diagnostics;
using System.Text;

namespace VoteTracker.Tests.Process;

/// <summary>The program as its own process, on a free port and in its own folder, for tests that need a process.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Service(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        _process = new System.Diagnostics.Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"It ended: {Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The memory that it holds now, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The built program, in the folder of the tests.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "VoteTracker.dll");

    /// <summary>Starts the service in a folder and waits until it listens. By default it has the tests' admin key.</summary>
    public static Task<Service> Start(
        string folder,
        string? program = null,
        string? adminKey = App.AdminKey,
        params string[] settings
    ) => Start(StartInfo(folder, program ?? Program, ["--Urls", "http://127.0.0.1:0", .. settings], adminKey));

    /// <summary>Starts the service with a fault of <see cref="Saboteur"/>; null for none.</summary>
    public static Task<Service> StartSabotaged(string folder, string program, string? sabotage)
    {
        var start = StartInfo(folder, program, ["--Urls", "http://127.0.0.1:0"], App.AdminKey);
        start.Environment[Saboteur.Variable] = sabotage;
        return Start(start);
    }

    /// <summary>Starts the service with a variable of its environment.</summary>
    public static Task<Service> StartWith(string folder, string variable, string value, params string[] settings)
    {
        var start = StartInfo(folder, Program, ["--Urls", "http://127.0.0.1:0", .. settings], App.AdminKey);
        start.Environment[variable] = value;
        return Start(start);
    }

    /// <summary>Starts the service from this start information, and waits until it listens.</summary>
    public static async Task<Service> Start(ProcessStartInfo start)
    {
        var service = new Service(start);
        service.Address = await service._listening.Task.WaitAsync(Hang.Limit);
        return service;
    }

    /// <summary>Runs a command of the program until it exits.</summary>
    public static async Task<(int ExitCode, string Output)> Run(
        string folder,
        string[] arguments,
        string? adminKey = null,
        params (string Name, string Value)[] variables
    )
    {
        var start = StartInfo(folder, Program, arguments, adminKey);
        Array.ForEach(variables, variable => start.Environment[variable.Name] = variable.Value);
        await using var service = new Service(start);
        service._listening.Task.Forget();
        await service._process.WaitForExitAsync().WaitAsync(Hang.Limit);
        return (service._process.ExitCode, service.Output);
    }

    /// <summary>A client with a key, by default the tests' admin key.</summary>
    public HttpClient Client(string? key = App.AdminKey)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }
        return client;
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Kills only this process, within microseconds.</summary>
    public void KillAtOnce() => _process.Kill();

    /// <summary>Stops the service as a service manager does, and waits for its end.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        return await WaitForExit();
    }

    /// <summary>Sends a signal, such as `INT`.</summary>
    public async Task Signal(string name)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end, and returns its exit code.</summary>
    public async Task<int> WaitForExit()
    {
        await _process.WaitForExitAsync().WaitAsync(Hang.Limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string folder, string program, string[] arguments, string? adminKey)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
        };
        if (Databases.ArePostgres)
        {
            if (!Databases.Exists(folder))
            {
                Databases.MakeEmpty(folder);
            }
            start.Environment["VOTETRACKER_DATABASE"] = Databases.Setting(folder);
        }
        if (adminKey is not null)
        {
            start.Environment["VOTETRACKER_ADMINKEY"] = adminKey;
        }
        return start;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_output)
        {
            _output.AppendLine(line);
        }
        const string listening = "Now listening on: ";
        if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listening.TrySetResult(new Uri(line[(at + listening.Length)..].Split('"')[0].Trim()));
        }
    }
}

internal static class TaskHelp
{
    /// <summary>Marks a task as not awaited, and observes its exception.</summary>
    public static void Forget(this Task task) => _ = task.ContinueWith(t => _ = t.Exception, TaskScheduler.Default);
}
