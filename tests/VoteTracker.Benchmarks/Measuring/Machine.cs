using System.Globalization;

namespace VoteTracker.Benchmarks.Measuring;

/// <summary>The machine and its limits, which are printed with the figures.</summary>
internal static class Machine
{
    public static void Print() =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"machine: {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024)} MB, .NET {Environment.Version}, file descriptors {Limit("Max open files")}"
            )
        );

    /// <summary>The resident memory of a process, in bytes.</summary>
    public static long Resident(int process) => Status(process, "VmRSS:");

    /// <summary>The peak resident memory of a process, in bytes, or 0 if it has just ended.</summary>
    public static long Peak(int process) => Status(process, "VmHWM:");

    private static long Status(int process, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The processor time of a process and its children, in milliseconds.</summary>
    public static double ProcessorTime(int process) =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(Stat)
            .Where(stat => stat is not null && (stat.Value.Id == process || stat.Value.Parent == process))
            .Sum(stat => stat!.Value.Ticks * 10.0);

    // The fields after the program's name, which is in brackets and may contain spaces. A tick is 10 ms.
    private static (int Id, int Parent, long Ticks)? Stat(string process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int i) => long.Parse(fields[i], CultureInfo.InvariantCulture);
            return (int.Parse(process, CultureInfo.InvariantCulture), (int)Field(1), Field(11) + Field(12));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Limit(string name)
    {
        var line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
    }
}
