using System.Security.Cryptography;
using CsvHelper;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Record;

/// <summary>The files in `data/`, next to the program.</summary>
internal sealed class FactFiles(IHostEnvironment environment)
{
    private string Folder => Path.Combine(environment.ContentRootPath, "data");

    /// <summary>The hash of all files: another hash means other reference data.</summary>
    public string Hash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(Folder, "*.csv").Order(StringComparer.Ordinal))
        {
            sha.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>Reads the rows of a file.</summary>
    public List<T> Rows<T>(string file, Func<CsvReader, T> row)
    {
        using var csv = Csv.Read(File.ReadAllBytes(Path.Combine(Folder, file)));
        var rows = new List<T>();
        while (csv.Read())
        {
            rows.Add(row(csv));
        }
        return rows;
    }
}
