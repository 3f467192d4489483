using System.Security.Cryptography;
using System.Text;
using VoteTracker.Features.Backup.Archives;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Backup;

/// <summary>Encrypted archives are age files: what was changed, moved or cut off is detected.</summary>
public sealed class AgeArchiveTests
{
    private const int Chunk = 65_536;
    private const int Tag = 16;

    // By age 1.1.1 with `age -p`, and the text of the key file as its passphrase.
    private const string ByAge =
        "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBvMlg5VitBNkdNZTUvT0Y4aUJ2NjV3IDE4Cit5S2hZakxHZis4akhVWFRSR1c3RHVFODE1TlhEOHo2bE1qcmFHY0owbEEKLS0tIExHV0ROYjl0blV0OUR2dWNiMmJnMXpyQmo4a2I2a1hQeG1FWVlrZ1lpRmcK9TedcwAM9B56Pz7/ENlDbg9ao/qS0jP0sr5UQIGhrbwmcBmr0jXI/n5K+flW7ULVguiwvgaATGlmPQ==";

    [Test]
    public void The_key_derivation_has_the_result_of_RFC_7914() =>
        Convert
            .ToHexStringLower(Scrypt.DeriveKey("pleaseletmein"u8, "SodiumChloride"u8, 14, 64))
            .ShouldBe(
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            );

    [Test]
    public void An_archive_of_age_itself_is_decrypted()
    {
        using var reader = new AgeReader(new MemoryStream(Convert.FromBase64String(ByAge)), Key(CountingKey));
        new StreamReader(reader).ReadToEnd().ShouldBe("A text that age encrypted.");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Chunk - 1)]
    [TestCase(Chunk)]
    [TestCase(Chunk + 1)]
    [TestCase(2 * Chunk)]
    [TestCase(3 * Chunk + 77)]
    public void What_was_encrypted_is_decrypted_whatever_its_length(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var key = Key(CountingKey);
        var archive = Encrypt(content, key);
        var chunks = Math.Max(1, (length + Chunk - 1) / Chunk);
        (archive.Length - HeaderLength(archive)).ShouldBe(length + chunks * Tag);
        Decrypt(archive, key).ShouldBe(content);
    }

    [Test]
    public void Every_change_of_an_archive_is_detected()
    {
        var key = Key(CountingKey);
        var archive = Encrypt(RandomNumberGenerator.GetBytes(3 * Chunk + 100), key);
        var header = HeaderLength(archive);
        const int encrypted = Chunk + Tag;
        byte[] Piece(int number) => [.. archive.Skip(header + number * encrypted).Take(encrypted)];
        byte[] beginning = archive[..header];

        // Each byte of the header, and some of the content.
        foreach (var at in Enumerable.Range(0, header).Concat([header, header + Chunk, archive.Length - 1]))
        {
            byte[] changed = [.. archive];
            changed[at] ^= 1;
            Rejected(changed, key, $"a change at {at}");
        }
        foreach (var length in (int[])[0, 10, header - 1, header, header + 5, header + encrypted, archive.Length - 1])
        {
            Rejected(archive[..length], key, $"cut to {length}");
        }
        Rejected([.. beginning, .. Piece(1), .. Piece(0), .. Piece(2), .. Piece(3)], key, "two parts in another order");
        Rejected([.. beginning, .. Piece(0), .. Piece(2), .. Piece(3)], key, "a part is missing");
        Rejected([.. beginning, .. Piece(0), .. Piece(0), .. Piece(1), .. Piece(2), .. Piece(3)], key, "a part twice");
        Rejected([.. archive, 0], key, "a byte more");
        Rejected([.. archive, .. Piece(3)], key, "a part more");
        var other = Encrypt(RandomNumberGenerator.GetBytes(3 * Chunk + 100), key);
        Rejected([.. beginning, .. other[header..]], key, "the content of another archive");
        Decrypt([.. beginning, .. Piece(0), .. Piece(1), .. Piece(2), .. Piece(3)], key)
            .Length.ShouldBe(3 * Chunk + 100);
    }

    [Test]
    public void An_archive_without_its_end_is_never_complete()
    {
        var key = Key(CountingKey);
        using var target = new MemoryStream();
        using (var writer = new AgeWriter(target, key))
        {
            writer.Write(new byte[Chunk + 5]);
        }
        Rejected(target.ToArray(), key, "the writer stopped");
    }

    [Test]
    public void Another_key_and_another_kind_of_age_file_are_reported()
    {
        var archive = Encrypt([1, 2, 3], Key(CountingKey));
        Should
            .Throw<InvalidDataException>(() => Decrypt(archive, Key(new byte[32])))
            .Message.ShouldBe("The key does not fit this archive, or the beginning of the archive was changed.");
        var identity = "age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n"u8.ToArray();
        Should
            .Throw<InvalidDataException>(() => Decrypt(identity, Key(CountingKey)))
            .Message.ShouldContain("Decrypt it with age first");
    }

    [Test]
    public void Two_archives_of_the_same_content_have_no_byte_of_content_in_common_places()
    {
        var key = Key(CountingKey);
        var (one, two) = (Encrypt(new byte[Chunk], key), Encrypt(new byte[Chunk], key));
        var same = one.Zip(two).Skip(HeaderLength(one)).Count(pair => pair.First == pair.Second);
        // By chance one in 256.
        same.ShouldBeLessThan(Chunk / 100);
    }

    private static byte[] CountingKey => [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static BackupKey Key(byte[] bytes)
    {
        using var folder = new Folder();
        return BackupKey.Load("--key-file", KeyFiles.Write(folder, bytes));
    }

    private static byte[] Encrypt(byte[] content, BackupKey key)
    {
        using var target = new MemoryStream();
        using (var writer = new AgeWriter(target, key))
        {
            // In pieces that do not fit the chunks.
            foreach (var piece in content.Chunk(50_001))
            {
                writer.Write(piece);
            }
            writer.Complete();
        }
        return target.ToArray();
    }

    private static byte[] Decrypt(byte[] archive, BackupKey key)
    {
        using var reader = new AgeReader(new MemoryStream(archive), key);
        using var content = new MemoryStream();
        reader.CopyTo(content, 10_007);
        return content.ToArray();
    }

    private static void Rejected(byte[] archive, BackupKey key, string what) =>
        Should.Throw<InvalidDataException>(() => Decrypt(archive, key), what).Message.ShouldContain("rchive");

    // Up to the nonce, which follows the line of the code.
    private static int HeaderLength(byte[] archive)
    {
        var text = Encoding.Latin1.GetString(archive);
        return text.IndexOf('\n', text.IndexOf("\n--- ", StringComparison.Ordinal) + 1) + 1 + 16;
    }
}
