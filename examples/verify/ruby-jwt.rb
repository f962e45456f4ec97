# Checks receipts, one per line of standard input, with ruby-jwt and nothing of Kelisim.
require "jwt"

$stdin.read.split.each do |jws|
  header = JSON.parse(Base64.urlsafe_decode64(jws[/\A[^.]+/]))
  own = header["jwk"].slice("crv", "kty", "x", "y")
  body, = JWT.decode(jws, JWT::JWK.import(own).keypair, true, algorithm: "ES256")
  kid = Base64.urlsafe_encode64(Digest::SHA256.digest(JSON.generate(own)), padding: false)
  raise "not signed by its own key" unless header["kid"] == kid && body["pii_principal_id"] == "jkt:#{kid}"
  puts [body["receipt_id"], body["event"][0]["event_time"], body["evidence"]["action"]].join(" ")
end
