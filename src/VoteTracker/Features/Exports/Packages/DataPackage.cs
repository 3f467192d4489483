using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>What a data package is about.</summary>
internal sealed record PackageTitle
{
    /// <summary>Its name for programs.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>What tells it from another of the same name.</summary>
    public required string Version { get; init; }

    /// <summary>The moment as of which it is; nothing in it is younger.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Where it is answered.</summary>
    public required string Address { get; init; }

    /// <summary>Whether the same bytes are answered there again, whatever is written meanwhile.</summary>
    public required bool Repeatable { get; init; }
}

/// <summary>
/// A data package on its way: a zip of CSV files, each hashed while it is written, and after them what describes them.
/// Nothing in it depends on when or where it is made: the same tables are the same bytes.
/// </summary>
internal sealed class DataPackage(ResponseStream outgoing, PackageTitle title) : IDisposable
{
    private const int Enough = 32 * 1024;

    private readonly ZipArchive _zip = new(outgoing, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<PackagedFile> _files = [];

    /// <summary>Adds a table, page by page.</summary>
    public async Task Add<TRow>(Table<TRow> table, IAsyncEnumerable<IReadOnlyList<TRow>> pages)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var csv = new ArrayBufferWriter<byte>(2 * Enough);
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
                    if (csv.WrittenCount >= Enough)
                    {
                        Pass(entry);
                        await outgoing.SendIfFull();
                    }
                }
                await Task.Yield();
            }
            writer.Finish();
            Pass(entry);
        }
        await outgoing.Send();
        _files.Add(new PackagedFile(table.Described, bytes, Convert.ToHexStringLower(sha.GetHashAndReset()), rows));

        void Pass(Stream entry)
        {
            sha.AppendData(csv.WrittenSpan);
            bytes += csv.WrittenCount;
            entry.Write(csv.WrittenSpan);
            csv.ResetWrittenCount();
        }
    }

    /// <summary>Adds a table whose rows have been read.</summary>
    public Task Add<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows) => Add(table, Export.Once(rows));

    /// <summary>Adds what describes the tables, and ends.</summary>
    public async Task Finish()
    {
        Add(CsvwPackage.Name, entry => CsvwPackage.Write(entry, _files));
        await outgoing.Send();
        Add("datapackage.json", entry => FrictionlessPackage.Write(entry, title, _files));
        Add("README.md", entry => entry.Write(Encoding.UTF8.GetBytes(PackageReadme.Text(title, _files))));
        Add("CITATION.txt", entry => entry.Write(Encoding.UTF8.GetBytes(PackageReadme.Citation(title, _files))));
        Dispose();
        await outgoing.Send();
    }

    public void Dispose() => _zip.Dispose();

    private void Add(string name, Action<Stream> write)
    {
        using var entry = Open(name);
        write(entry);
    }

    private Stream Open(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Optimal);
        // What a zip can say: two seconds are one, and nothing was before 1980.
        entry.LastWriteTime = title.AsOf.Year < 1980 ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, default) : title.AsOf;
        return entry.Open();
    }
}
