# Der Bereich für Entwickler: API, Anwendungen, eine Anwendung.
# Die Startseite für Entwickler.
api-title = API
oauth2-applications = OAuth2-Anwendungen
breadcrumb = Brotkrumen
api-applications = Anwendungen
api-applications-lead = Registrieren Sie eine Anwendung, damit andere sich bei ihr anmelden oder sie für sich handeln lassen können.
api-endpoints = Endpunkte
api-endpoints-lead = Eine Client-Bibliothek findet sie alle über die Metadaten.
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
applications-try-again = Noch einmal versuchen
application-name = Name
application-client-id = Client-ID
application-redirect-urls = Redirect-URLs
application-people = Personen
application-last-used = Zuletzt benutzt
application-never-used = Nie benutzt
application-copy-id = Client-ID kopieren
application-id-copied = Client-ID kopiert
application-copy-secret = Client-Secret kopieren

# Das Formular einer Anwendung.
register-name-hint = Man sieht ihn, wenn die Anwendung um Zugriff bittet.
register-preview = Zu lesen ist dann: „{ $heading }“
register-preview-heading = { $name } möchte in Ihrem Namen auf { $operator } zugreifen
application-description = Beschreibung
register-description-hint = Ein oder zwei Sätze. Man liest sie, wenn die Anwendung um Zugriff bittet.
register-urls-hint = Dorthin kehrt man zurück. Sie müssen Zeichen für Zeichen übereinstimmen; https, oder http nur auf diesem Gerät. Änderungen wirken sofort.
register-url = Redirect-URL { $number }
register-url-remove = Redirect-URL { $number } entfernen
register-remove = Entfernen
register-localhost = Besser http://127.0.0.1: Was „localhost“ bedeutet, bestimmt jedes Gerät selbst.
register-kind = Art
register-kind-web = Webserver
register-kind-web-hint = Er kann ein Geheimnis bewahren und bekommt ein Client-Secret.
register-kind-native = Single-Page- oder native Anwendung
register-kind-native-hint = Ihr Code liegt bei denen, die sie benutzen: kein Geheimnis, dafür PKCE.
register-optional = Das darf man abwählen
register-optional-hint = Wird danach gefragt, kann man diese abwählen und trotzdem fortfahren. Die Antwort sagt, welche Scopes gewährt wurden.
register-pkce = Anfragen ohne PKCE zulassen
register-pkce-hint = Nur für einen Webserver, dessen Bibliothek PKCE nicht kennt. Alles andere muss es verwenden.
register-button = Registrieren
register-back = Zurück zu den OAuth2-Anwendungen

# Die Seite einer Anwendung.
application-credentials = Zugangsdaten
application-secret = Client-Secret
application-no-secret = Keines: Diese Anwendung verwendet PKCE.
application-registered-on = Registriert
secret-created = Erstellt am { $when }
secret-stops = Gilt bis { $when }
application-rotate = Client-Secret erneuern
application-settings = Einstellungen
application-save = Änderungen speichern
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
rotate-legend = Das jetzige Secret gilt
rotate-day = Noch 24 Stunden
rotate-now = Ab jetzt nicht mehr
rotate-week = Noch 7 Tage
rotate-third = Zwei Secrets gelten zurzeit. Das ältere, { $secret }, wird sofort ungültig.

# Beispiele.
connect-title = Ihren Code anbinden
connect-examples = Fertige Beispiele
connect-lead = Mit den Angaben dieser Anwendung. Jedes gibt eine Adresse aus, die Sie im Browser öffnen, und fragt nach der Adresse, mit der Sie zurückkehren.
connect-secret = Das Client-Secret kommt aus der Umgebungsvariablen { $variable }, damit es nie in Ihrem Code steht.
connect-copy = Beispiel für { $name } kopieren
connect-copied = Beispiel kopiert
