using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using VoteTracker.Endpoints.Lists;

namespace VoteTracker.Web.Organisation;

/// <summary>
/// Encrypts the state and the nonce of a sign-in with the secret of the database, as cursors are. So another replica can
/// complete the sign-in, and no key ring is needed.
/// </summary>
internal sealed class SealedFormat<T>(string name, Cursors cursors, IDataSerializer<T> serializer)
    : ISecureDataFormat<T>
{
    // The sealed text has no incarnation: a sign-in may take place during a restore.
    private const int NoIncarnation = 1;

    public string Protect(T data) => Protect(data, purpose: null);

    public string Protect(T data, string? purpose) =>
        cursors.Seal(NameFor(purpose), Base64Url.EncodeToString(serializer.Serialize(data)), NoIncarnation);

    public T? Unprotect(string? protectedText) => Unprotect(protectedText, purpose: null);

    public T? Unprotect(string? protectedText, string? purpose) =>
        protectedText is not null && cursors.Open(NameFor(purpose), protectedText) is { Position: var text }
            ? serializer.Deserialize(Base64Url.DecodeFromChars(text))
            : default;

    private string NameFor(string? purpose) => purpose is null ? name : $"{name} {purpose}";
}

/// <summary>A text as bytes.</summary>
internal sealed class TextSerializer : IDataSerializer<string>
{
    public static readonly TextSerializer Instance = new();

    public byte[] Serialize(string model) => Encoding.UTF8.GetBytes(model);

    public string? Deserialize(byte[] data) => Encoding.UTF8.GetString(data);
}
