using System.IO.Compression;
using System.Text;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Files that are no readable workbook are refused with advice, in little memory.</summary>
public sealed class RefusedWorkbooksTests
{
    [Test]
    public async Task A_file_that_is_not_a_readable_workbook_is_refused_with_advice()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var before = await app.ReadAll(id);
        byte[] signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        var workbook = WorkbookBuilder.Of([
            ["Country", "Vote"],
            ["Norway", "yes"],
        ]);
        var cut = workbook[..(workbook.Length / 2)];
        (byte[] File, string Advice)[] files =
        [
            (
                [.. signature, .. new byte[2_000], .. Encoding.Unicode.GetBytes("EncryptedPackage"), 0, 0],
                "remove the password"
            ),
            (
                [.. signature, .. new byte[2_000], .. Encoding.Unicode.GetBytes("Workbook")],
                "old format: save it as Excel workbook"
            ),
            (cut, "save the sheet as Excel workbook"),
            ("PK\u0003\u0004 and nothing else"u8.ToArray(), "save the sheet as Excel workbook"),
            (
                Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")),
                "save the sheet as Excel workbook"
            ),
            (Replace(workbook, "xl/workbook.xml", _ => "<workbook"), "save the sheet as Excel workbook"),
            (
                Replace(
                    workbook,
                    "xl/workbook.xml",
                    xml =>
                        xml.Replace("<sheets>", "<sheetz>", StringComparison.Ordinal)
                            .Replace("</sheets>", "</sheetz>", StringComparison.Ordinal)
                ),
                "save the sheet as Excel workbook"
            ),
            (
                Replace(
                    workbook,
                    "xl/worksheets/sheet1.xml",
                    xml => xml.Replace("<v>0</v>", "<v>99</v>", StringComparison.Ordinal)
                ),
                "save the sheet as Excel workbook"
            ),
            (
                Replace(workbook, "xl/worksheets/sheet1.xml", xml => $"<!DOCTYPE x [<!ENTITY a \"b\">]>{xml}"),
                "save the sheet as Excel workbook"
            ),
        ];
        foreach (var (file, advice) in files)
        {
            using var answer = await app.Import(OfStances(id), file, type: WorkbookType);
            (await answer.ShouldBeProblem(400, "body")).Text("detail")!.ShouldContain(advice);
        }
        using var type = await app.Import(OfStances(id), workbook, type: "application/vnd.ms-excel");
        await type.ShouldBeProblem(415);
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    [NonParallelizable]
    public async Task A_workbook_that_decompresses_to_gigabytes_is_refused_in_little_memory()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var small = WorkbookBuilder.Of([
            ["Country", "Vote"],
            ["Norway", "yes"],
        ]);
        var large = Replace(
            small,
            "xl/worksheets/sheet1.xml",
            xml => xml.Replace("</sheetData>", $"{new string(' ', 800_000_000)}</sheetData>", StringComparison.Ordinal)
        );
        large.Length.ShouldBeLessThan(1_048_576);
        // The same archive, declared as a small one.
        var lying = (byte[])large.Clone();
        foreach (var at in Places(lying, BitConverter.GetBytes(Length(large))))
        {
            BitConverter.GetBytes(1_000).CopyTo(lying, at);
        }
        (await app.Imported(OfStances(id), small)).Int("lines").ShouldBe(1);
        foreach (var (file, advice) in ((byte[], string)[])[(large, "16777216 bytes"), (lying, "save the sheet")])
        {
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes();
            using var answer = await app.Import(OfStances(id), file);
            (await answer.ShouldBeProblem(400, "body")).Text("detail")!.ShouldContain(advice);
            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(30_000_000);
        }
    }

    private static byte[] Zip(params (string Name, string Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Replace(byte[] workbook, string part, Func<string, string> change)
    {
        using var bytes = new MemoryStream();
        bytes.Write(workbook);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.GetEntry(part)!;
            string text;
            using (var reader = new StreamReader(old.Open()))
            {
                text = reader.ReadToEnd();
            }
            old.Delete();
            using var entry = zip.CreateEntry(part, CompressionLevel.Optimal).Open();
            entry.Write(Encoding.UTF8.GetBytes(change(text)));
        }
        return bytes.ToArray();
    }

    private static int Length(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return (int)zip.GetEntry("xl/worksheets/sheet1.xml")!.Length;
    }

    private static IEnumerable<int> Places(byte[] bytes, byte[] wanted)
    {
        var found = false;
        for (var i = 0; i + wanted.Length <= bytes.Length; i++)
        {
            if (bytes.AsSpan(i, wanted.Length).SequenceEqual(wanted))
            {
                found = true;
                yield return i;
            }
        }
        found.ShouldBeTrue();
    }
}
