namespace VoteTracker.Fuzzing;

/// <summary>Runs a target with files, such as its seeds or the inputs that a run of the fuzzer kept.</summary>
internal static class Replay
{
    /// <summary>Runs every file, and returns the number of those that fail. No file at all counts as a failure.</summary>
    public static int Run(string name, Action<byte[]> target, IReadOnlyCollection<string> files)
    {
        var failed = files.Count == 0 ? 1 : 0;
        foreach (var file in files)
        {
            try
            {
                target(File.ReadAllBytes(file));
            }
            catch (Exception exception)
            {
                // Any exception is what the fuzzer looks for.
                Console.Error.WriteLine($"{name}: {file}: {exception}");
                failed++;
            }
        }
        Console.WriteLine($"{name}: {files.Count} inputs, {failed} failed");
        return failed;
    }
}
