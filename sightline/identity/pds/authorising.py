"""The signed statement by which an application asks for an access token (JSON Web Token, RS512)."""

import base64
import json


def assertion(
    private_key: bytes, *, api_key: str, key_id: str, audience: str, expires_at: int, number: str
) -> str:
    """Who we are, signed with our private key (PEM). `number` is used once. Raises `ValueError`."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(private_key, password=None)
    except (ValueError, TypeError):  # TypeError: the key is encrypted
        raise ValueError("The private key is not an unencrypted PEM key.") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("The private key is not an RSA key.")
    header: dict[str, object] = {"alg": "RS512", "typ": "JWT", "kid": key_id}
    claims: dict[str, object] = {
        "iss": api_key,
        "sub": api_key,
        "aud": audience,
        "jti": number,
        "exp": expires_at,
    }
    said = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
    signature = key.sign(said.encode("ascii"), padding.PKCS1v15(), hashes.SHA512())
    return f"{said}.{_encoded(signature)}"


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("utf-8")


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
