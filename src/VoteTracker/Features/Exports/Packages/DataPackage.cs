using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>The description of a data package.</summary>
internal sealed record PackageTitle
{
    /// <summary>The name for programs.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people.</summary>
    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The version, which distinguishes packages of the same name.</summary>
    public required string Version { get; init; }

    /// <summary>The moment of the package: it contains nothing newer.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Its path and query at this service.</summary>
    public required string Address { get; init; }

    /// <summary>The public address of the service; null if it is not known.</summary>
    public required string? PublicUrl { get; init; }

    /// <summary>Its address in texts: absolute if the public address is known.</summary>
    public string PublicAddress => PublicUrl + Address;

    /// <summary>Whether the address always returns the same bytes.</summary>
    public required bool IsReproducible { get; init; }
}

/// <summary>
/// Writes a data package: a zip of CSV files, each hashed while it is written, followed by the files that describe them.
/// The bytes depend on the tables and the settings only, not on the time or the machine.
/// </summary>
internal sealed class DataPackage(ResponseStream outgoing, PackageTitle title) : IDisposable
{
    private const int Full = 32 * 1024;

    private readonly ZipArchive _zip = new(outgoing, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<PackagedFile> _files = [];

    /// <summary>Adds a table, page by page.</summary>
    public async Task Add<TRow>(Table<TRow> table, IAsyncEnumerable<IReadOnlyList<TRow>> pages)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var csv = new ArrayBufferWriter<byte>(2 * Full);
        var (bytes, rows) = (0L, 0L);
        await using (var entry = Open($"{table.Described.Name}.csv"))
        {
            using var writer = new CsvRowWriter<TRow>(table, csv);
            writer.Start();
            await foreach (var page in pages)
            {
                foreach (var row in page)
                {
                    writer.Write(row);
                    rows++;
                    if (csv.WrittenCount >= Full)
                    {
                        Flush(entry);
                        await outgoing.SendIfFull();
                    }
                }
                await Task.Yield();
            }
            writer.Finish();
            Flush(entry);
        }
        await outgoing.Send();
        _files.Add(new PackagedFile(table.Described, bytes, Convert.ToHexStringLower(sha.GetHashAndReset()), rows));

        void Flush(Stream entry)
        {
            sha.AppendData(csv.WrittenSpan);
            bytes += csv.WrittenCount;
            entry.Write(csv.WrittenSpan);
            csv.ResetWrittenCount();
        }
    }

    /// <summary>Adds a table whose rows are in memory.</summary>
    public Task Add<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows) => Add(table, Export.OnePage(rows));

    /// <summary>Adds the files that describe the tables, and completes the zip.</summary>
    public async Task Finish()
    {
        Add(CsvwPackage.Name, entry => CsvwPackage.Write(entry, _files));
        await outgoing.Send();
        Add("datapackage.json", entry => FrictionlessPackage.Write(entry, title, _files));
        var citation = PackageReadme.Cite(title, _files);
        Add("README.md", PackageReadme.Write(title, _files));
        Add("CITATION.txt", citation.ToText());
        Add("CITATION.bib", BibTeX.Write(citation));
        Add("CITATION.cff", CitationFile.Write(citation));
        Dispose();
        await outgoing.Send();
    }

    public void Dispose() => _zip.Dispose();

    private void Add(string name, string text) => Add(name, entry => entry.Write(Encoding.UTF8.GetBytes(text)));

    private void Add(string name, Action<Stream> write)
    {
        using var entry = Open(name);
        write(entry);
    }

    private Stream Open(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Optimal);
        // The times of a zip are in steps of two seconds and begin in 1980.
        entry.LastWriteTime = title.AsOf.Year < 1980 ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, default) : title.AsOf;
        return entry.Open();
    }
}
