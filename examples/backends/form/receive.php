<?php
// A form handler: one receipt a request, checked, then appended to a file, one per line. Plain PHP 8 with its openssl extension.
//
//   KELISIM_RECEIPTS=receipts.jws php -S 127.0.0.1:8080 receive.php

function decode(string $part): string {
  $bytes = base64_decode(strtr($part, '-_', '+/'), true);
  return $bytes !== false && rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=') === $part ? $bytes : '';
}

/** r‖s as the DER that OpenSSL reads. */
function der(string $signature): string {
  $integer = function (string $bytes): string {
    $bytes = ltrim($bytes, "\0");
    if ($bytes === '' || ord($bytes[0]) > 127) $bytes = "\0" . $bytes;
    return "\x02" . chr(strlen($bytes)) . $bytes;
  };
  $both = $integer(substr($signature, 0, 32)) . $integer(substr($signature, 32));
  return "\x30" . chr(strlen($both)) . $both;
}

/** The body of a receipt whose signature holds and whose key is its own; null for others. */
function verified(string $jws): ?array {
  if (strlen($jws) > 32768 || substr_count($jws, '.') !== 2) return null;
  [$head, $payload, $signature] = explode('.', $jws);
  $header = json_decode(decode($head), true);
  $body = json_decode(decode($payload), true);
  if (!is_array($header) || !is_array($body)) return null;
  if (($header['alg'] ?? '') !== 'ES256' || ($header['typ'] ?? '') !== 'consent-receipt+jws') return null;
  ['x' => $x, 'y' => $y] = ($header['jwk'] ?? []) + ['x' => '', 'y' => ''];
  $own = json_encode(['crv' => 'P-256', 'kty' => 'EC', 'x' => $x, 'y' => $y], JSON_UNESCAPED_SLASHES);
  $kid = rtrim(strtr(base64_encode(hash('sha256', $own, true)), '+/', '-_'), '=');
  if ($header['kid'] !== $kid || $body['pii_principal_id'] !== "jkt:$kid") return null;
  $spki = hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . decode($x) . decode($y);
  $key = "-----BEGIN PUBLIC KEY-----\n" . base64_encode($spki) . "\n-----END PUBLIC KEY-----\n";
  $bytes = decode($signature);
  if (strlen($bytes) !== 64) return null;
  return @openssl_verify("$head.$payload", der($bytes), $key, OPENSSL_ALGO_SHA256) === 1 ? $body : null;
}

$jws = is_string($_POST['receipt'] ?? null) ? $_POST['receipt'] : '';
$file = fopen(getenv('KELISIM_RECEIPTS') ?: 'receipts.jws', 'c+');
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
  http_response_code(405);
} elseif (verified($jws) === null) {
  http_response_code(422); // for good: the widget keeps it and shows it as failed
} elseif (!$file || !flock($file, LOCK_EX)) {
  http_response_code(503); // not now: the widget comes again
} else {
  // The same receipt may come twice: the answer to the first request was lost.
  $known = false;
  while (($line = fgets($file)) !== false) $known = $known || rtrim($line) === $jws;
  if (!$known && (fwrite($file, "$jws\n") === false || !fsync($file))) http_response_code(503);
  else http_response_code(204);
}
