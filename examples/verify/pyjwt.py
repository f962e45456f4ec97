"""Checks receipts, one per line of standard input, with PyJWT and nothing of Kelisim."""
import base64, hashlib, json, sys
import jwt

for jws in sys.stdin.read().split():
    header = jwt.get_unverified_header(jws)
    own = {name: header["jwk"][name] for name in ("crv", "kty", "x", "y")}
    body = json.loads(jwt.api_jws.decode(jws, jwt.PyJWK(own, "ES256").key, algorithms=["ES256"]))
    digest = hashlib.sha256(json.dumps(own, separators=(",", ":")).encode()).digest()
    kid = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert header["kid"] == kid and body["pii_principal_id"] == "jkt:" + kid, "not signed by its own key"
    print(body["receipt_id"], body["event"][0]["event_time"], body["evidence"]["action"])
