# Was die Kommandozeile sagt. Sie spricht nur Englisch; auf den Seiten kann manches davon auch erscheinen.

exists-already = Das gibt es schon
setup-done = Einen Administrator gibt es schon; einen weiteren macht: jeton user add NAME --admin --password-stdin
scope-characters = Ein Scope hat 1 bis 200 sichtbare ASCII-Zeichen ohne Leerzeichen, Anführungszeichen und umgekehrte Schrägstriche
scope-exists = Den Scope { $scope } gibt es schon
scope-stays = Der Scope { $scope } gehört zu Jeton selbst und bleibt
scope-missing-operator = Den Scope "{ $scope }" gibt es nicht; siehe jeton scope add
client-exists = Den Client { $id } gibt es schon
client-without-secret = Der Client { $id } ist öffentlich und hat kein Secret
client-id-characters = Eine Client-ID hat 1 bis 200 sichtbare ASCII-Zeichen ohne Leerzeichen
client-secret-characters = Ein Client-Secret hat 1 bis 200 sichtbare ASCII-Zeichen
client-with-key = Der Client { $id } weist sich mit seinen Schlüsseln aus und hat kein Secret
client-public-secret = Ein öffentlicher Client hat kein Secret
client-key-secret = Ein Client, der sich mit seinen Schlüsseln ausweist, hat kein Secret
client-public-pkce = Ein öffentlicher Client verwendet immer PKCE
client-public-credentials = Ein öffentlicher Client kann client_credentials nicht verwenden: Er hat kein Secret
client-code-uri = authorization_code braucht eine Redirect-URI
client-no-grant = Nennen Sie mindestens einen Grant-Typ
client-jwks = Die Schlüssel sind kein JWK-Set aus öffentlichen RSA-, P-256- oder Ed25519-Schlüsseln
client-jwks-twice = Nennen Sie die Schlüssel oder ihre Adresse, nicht beides
client-needs-jwks = private_key_jwt braucht die öffentlichen Schlüssel des Clients
client-objects-need-jwks = Signierte Anfragen brauchen die öffentlichen Schlüssel des Clients
client-public-method = Ein öffentlicher Client weist sich nicht aus
client-fapi-method = Das FAPI-Profil braucht private_key_jwt
client-request-uris = Nennen Sie höchstens 20 Adressen von Request-Objekten
client-https = Schlüssel, Request-Objekte und Abmeldungen brauchen eine https-Adresse ohne Benutzernamen und Fragment
