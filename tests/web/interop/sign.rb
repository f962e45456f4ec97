# Signs one receipt with ruby-jwt: writes a new public key, reads the body made for it, writes the compact JWS.
require "jwt"

$stdout.sync = true
key = OpenSSL::PKey::EC.generate("prime256v1")
point = key.public_key.to_octet_string(:uncompressed)
encode = ->(bytes) { Base64.urlsafe_encode64(bytes, padding: false) }
jwk = { crv: "P-256", kty: "EC", x: encode.(point[1, 32]), y: encode.(point[33, 32]) }
puts JSON.generate(jwk)
body = JSON.parse($stdin.gets)
puts JWT.encode(body, key, "ES256", { jwk: jwk, kid: body["pii_principal_id"][4..], typ: "consent-receipt+jws" })
