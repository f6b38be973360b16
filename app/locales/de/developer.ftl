# Der Bereich für Entwickler: API, Anwendungen, eine Anwendung.
# Die Startseite für Entwickler.
api-title = API
oauth2-applications = OAuth2-Anwendungen
breadcrumb = Brotkrumen
api-applications = Anwendungen
api-applications-lead = Registrieren Sie eine Anwendung, damit andere sich bei ihr anmelden oder sie für sich handeln lassen können.
api-endpoints = Endpunkte
api-endpoints-lead = Eine Client-Bibliothek findet sie alle über die Metadaten.
endpoint-copy = Adresse kopieren: { $name }
endpoint-issuer = Aussteller (Issuer)
endpoint-metadata = Metadaten
endpoint-authorize = Autorisierung
endpoint-token = Token
endpoint-tokeninfo = Token-Auskunft
endpoint-introspect = Introspection
endpoint-revoke = Widerruf
api-check = Ein Token prüfen
api-check-holder = Wer ein Token hat, darf fragen, wozu es taugt:
api-check-service = Ein Dienst fragt mit seiner eigenen Client-ID und seinem Client-Secret oder mit einem Token mit dem Scope introspect. Bei einem ungültigen Token lautet die Antwort "active": false:
api-scripts = Für ein eigenes Skript
api-scripts-lead = Ein dauerhaftes Token ist der einfachste Weg: ohne Registrierung, und es handelt in Ihrem Namen.
api-scripts-create = Dauerhaftes Token erstellen

# Die Liste der Anwendungen.
applications-partial = Ihr Konto hat eingeschränkten Zugriff. Nur Konten mit vollem Zugriff können Anwendungen registrieren, denn eine Anwendung kann jeden um Zugriff bitten. Bitten Sie die Verwaltung um vollen Zugriff.
applications-register = Anwendung registrieren
applications-empty = Noch keine Anwendungen
applications-empty-lead = Registrieren Sie eine, damit andere sich mit { $operator } bei ihr anmelden können.
applications-not-loaded = Ihre Anwendungen konnten nicht geladen werden. Es hat sich nichts geändert.
application-name = Name
application-client-id = Client-ID
application-redirect-urls = Redirect-URLs
application-people = Personen
application-last-used = Zuletzt benutzt
application-never-used = Nie benutzt
application-copy-id = Client-ID kopieren
application-id-copied = Client-ID kopiert
application-copy-secret = Client-Secret kopieren
application-secret-copied = Client-Secret kopiert

# Das Formular einer Anwendung.
register-name-hint = Man sieht ihn, wenn die Anwendung um Zugriff bittet.
application-description = Beschreibung
register-description-hint = Ein oder zwei Sätze. Man liest sie, wenn die Anwendung um Zugriff bittet.
register-urls-hint = Dorthin kehrt man zurück. Sie müssen Zeichen für Zeichen übereinstimmen; https, oder http nur auf diesem Gerät. Änderungen wirken sofort.
register-url = Redirect-URL { $number }
register-url-remove = Redirect-URL { $number } entfernen
register-remove = Entfernen
register-localhost = Besser http://127.0.0.1: Was „localhost“ bedeutet, bestimmt jedes Gerät selbst.
register-kind = Art
register-kind-web = Webserver
register-kind-web-hint = Er kann ein Client-Secret geheim halten und bekommt eines.
register-kind-native = Single-Page- oder native Anwendung
register-kind-native-hint = Ihr Code liegt bei denen, die sie benutzen: kein Client-Secret, dafür PKCE.
register-optional = Das darf man abwählen
register-optional-hint = Wird danach gefragt, kann man diese abwählen und trotzdem fortfahren. Die Antwort sagt, welche Scopes gewährt wurden.
register-pkce = Anfragen ohne PKCE zulassen
register-pkce-hint = Nur für einen Webserver, dessen Bibliothek PKCE nicht kennt. Alles andere muss es verwenden.
register-button = Registrieren
register-back = Zurück zu den OAuth2-Anwendungen

# A dialog over the page of an application.
title-over = { $page }: { $dialog }

# Die Seite einer Anwendung.
application-credentials = Zugangsdaten
application-secret = Client-Secret
application-by-key = Keines: Diese Anwendung weist sich mit ihren Schlüsseln aus.
application-no-secret = Keines: Diese Anwendung verwendet PKCE.
application-registered-on = Registriert
secret-created = Erstellt am { $when }
secret-stops = Gilt bis { $when }
application-rotate = Client-Secret erneuern
application-settings = Einstellungen
application-save = Änderungen speichern
application-sign-out = Abmeldung
application-sign-out-lead = Adressen zum Abmelden
application-after-sign-out = Adressen nach dem Abmelden
application-after-sign-out-hint = Eine je Zeile, jede genau so, wie Ihre Anwendung sie als post_logout_redirect_uri sendet.
application-back-channel = Adresse für Abmeldemeldungen (Back-Channel)
application-back-channel-hint = An diese https-Adresse senden wir ein Logout-Token, wenn eine Sitzung endet, von der Ihre Anwendung weiß. Leer: Wir senden nichts.
application-sign-out-save = Abmelde-Einstellungen speichern
application-saved = Änderungen gespeichert. Sie wirken ab sofort.
application-used-by = { $count ->
     [0] Niemand benutzt sie.
     [one] Eine Person benutzt sie.
    *[other] { $count } Personen benutzen sie.
}
application-tokens-end = { $count ->
     [0] Sie hat keine gültigen Tokens.
     [one] Ein Token wird ungültig.
    *[other] { $count } Tokens werden ungültig.
}
application-delete = Anwendung löschen
application-delete-question = „{ $name }“ löschen?
application-delete-lead = Ihre Secrets enden sofort, und das lässt sich nicht rückgängig machen.
application-people-lose = { $count ->
     [one] Eine Person verliert den Zugriff.
    *[other] { $count } Personen verlieren den Zugriff.
}
application-confirm-name = Name der Anwendung
application-confirm-hint = Geben Sie zur Bestätigung den Namen der Anwendung ein.
application-deleted = Anwendung „{ $name }“ gelöscht

# Zwei, die eine Anwendung zugleich ändern.
changed-title = Jemand hat das geändert. Hier sind die Unterschiede.
changed-lead = Ihre Eingaben stehen noch unten. „Änderungen speichern“ ersetzt damit, was jetzt gespeichert ist.
changed-field = Feld
changed-now = Jetzt gespeichert
changed-typed = Ihre Eingabe
changed-pkce = PKCE
changed-pkce-needed = Nötig
changed-pkce-optional = Nicht nötig
changed-nothing = Nichts

# Dialoge.
registered-title = Anwendung registriert
registered-once = Kopieren Sie das Client-Secret jetzt. Es wird nicht noch einmal angezeigt.
registered-already = Diese Anwendung wurde schon registriert. Ihr Secret kann nicht noch einmal angezeigt werden. Erneuern Sie es, um ein neues zu bekommen.
registered-done = Fertig
new-secret-title = Neues Client-Secret
new-secret-already = Dieses Formular hat schon ein neues Secret erzeugt. Es kann nicht noch einmal gezeigt werden. Erneuern Sie das Secret noch einmal, um ein anderes zu bekommen.
rotate-legend = Das jetzige Secret gilt
rotate-day = Noch 24 Stunden
rotate-now = Ab jetzt nicht mehr
rotate-week = Noch 7 Tage
rotate-third = Zwei Secrets gelten zurzeit. Das ältere, { $secret }, wird sofort ungültig.

# Letzte Fehler.
problems-title = Letzte Fehler
problems-lead = Anfragen im Namen dieser Anwendung, die fehlgeschlagen sind. Jeder kann so eine Anfrage senden: Was ankam, steht hier unverändert.
problems-times = { $count ->
     [one] Einmal
    *[other] { $count }-mal
}
problems-received = Empfangen
problems-registered = Registriert
problems-expected = Richtig wäre
problems-differs = Das markierte Zeichen, Nummer { $place }, ist das erste, das abweicht.
problems-ends = Was ankam, endet vor dem Zeichen { $place } der registrierten Adresse.
problems-age = Alter: { $age } Sekunden; erlaubt sind { $lifetime }.
problems-add = Diese URL hinzufügen
problems-type = Wenn diese Adresse Ihnen gehört, tragen Sie sie unter Redirect-URLs ein.
problems-add-question = Besucher werden zu { $host } geschickt. Gehört das Ihnen?
problems-added = { $uri } hinzugefügt. Sie gilt ab sofort.
problems-clear = Leeren
problems-cleared = Letzte Fehler geleert
problems-add-lead = Die Adresse kommt zu den Redirect-URLs und gilt sofort:
fault-missing = { $parameter } wurde nicht gesendet
fault-repeated = { $parameter } wurde mehrmals gesendet
fault-too-long = { $parameter } ist zu lang
fault-too-many = { $parameter } hat zu viele Teile
fault-malformed = { $parameter } kann so nicht aussehen
fault-unknown-value = { $parameter } hat einen Wert, den es nicht gibt
fault-unsupported = { $parameter } wird nicht unterstützt
fault-not-alone = { $parameter } nennt none neben etwas anderem
fault-not-registered = { $parameter } ist nicht registriert
fault-unusable = { $parameter } ist registriert und verstößt doch gegen die Regeln
fault-differs = { $parameter } ist nicht die der Autorisierungsanfrage
fault-pkce-missing = { $parameter } fehlt: Diese Anwendung muss PKCE verwenden
fault-pkce-method = { $parameter } muss S256 sein
fault-verifier-unasked = { $parameter } wurde gesendet, aber die Autorisierungsanfrage hatte keine Challenge
fault-verifier-wrong = { $parameter } gehört nicht zur Challenge
fault-scope-unknown = { $parameter } nennt etwas, das es nicht gibt
fault-scope-not-allowed = { $parameter } nennt etwas, worum diese Anwendung nicht bitten darf
fault-scope-wider = { $parameter } nennt mehr, als gewährt wurde
fault-scope-not-grantable = { $parameter } nennt nur, was diese Person nicht gewähren darf
fault-grant-not-allowed = { $parameter } nennt einen Weg, für den diese Anwendung nicht registriert ist
fault-grant-off = { $parameter } nennt einen Weg, der hier abgeschaltet ist
fault-first-party = { $parameter } nennt einen Weg für die eigenen Anwendungen des Betreibers
fault-needs-secret = { $parameter } nennt einen Weg, der ein Client-Secret braucht
fault-unknown = { $parameter } gibt es nicht, oder das, woran es hing, hat geendet
fault-expired = { $parameter } ist abgelaufen
fault-spent = { $parameter } wurde schon einmal benutzt
fault-revoked = { $parameter } wurde widerrufen
fault-other-client = { $parameter } wurde für eine andere Anwendung ausgestellt
fault-disabled = { $parameter } ist die einer Anwendung, die der Betreiber gesperrt hat
fault-secret-missing = { $parameter } fehlt: Diese Anwendung hat ein Client-Secret und hat es nicht gesendet
fault-secret-wrong = { $parameter } enthält ein falsches Client-Secret
fault-secret-unexpected = { $parameter } enthält ein Client-Secret, und diese Anwendung hat keines
fault-two-methods = { $parameter }: Die Anwendung hat sich auf zwei Wegen zugleich ausgewiesen
fault-two-clients = { $parameter }: Kopfzeile und Inhalt nennen zwei Anwendungen
fault-method-wrong = { $parameter }: Diese Anwendung ist mit einer anderen Art registriert, sich auszuweisen
fault-not-verified = { $parameter } ist nicht gültig oder nicht mit einem Schlüssel dieser Anwendung signiert

# Beispiele.
connect-title = Ihren Code anbinden
connect-examples = Fertige Beispiele
connect-lead = Mit den Angaben dieser Anwendung. Jedes gibt eine Adresse aus, die Sie im Browser öffnen, und fragt nach der Adresse, mit der Sie zurückkehren.
connect-secret = Das Client-Secret kommt aus der Umgebungsvariablen { $variable }, damit es nie in Ihrem Code steht.
connect-copy = Beispiel für { $name } kopieren
connect-copied = Beispiel kopiert
