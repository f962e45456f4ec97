"""Signs one receipt with PyJWT: writes a new public key, reads the body made for it, writes the compact JWS."""
import json, sys
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

key = ec.generate_private_key(ec.SECP256R1())
numbers = key.public_key().public_numbers()
point = lambda value: jwt.utils.base64url_encode(value.to_bytes(32, "big")).decode()
jwk = {"crv": "P-256", "kty": "EC", "x": point(numbers.x), "y": point(numbers.y)}
print(json.dumps(jwk), flush=True)
body = sys.stdin.readline().rstrip("\n")
kid = json.loads(body)["pii_principal_id"][4:]
headers = {"jwk": jwk, "kid": kid, "typ": "consent-receipt+jws"}
print(jwt.api_jws.encode(body.encode(), key, algorithm="ES256", headers=headers), flush=True)
