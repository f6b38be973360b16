# Dauerhafte Tokens: die Liste.

tokens-lead = Mit dauerhaften Tokens handeln Skripte in Ihrem Namen. Behandeln Sie sie wie Passwörter.
tokens-new = Neues dauerhaftes Token
tokens-table = Dauerhafte Tokens
tokens-empty = Noch keine dauerhaften Tokens
tokens-empty-text = Erstellen Sie eines, damit ein Skript oder ein Kommandozeilenprogramm die API in Ihrem Namen nutzen kann.
tokens-none-found = Kein Token heißt so
tokens-clear = Suche zurücksetzen
tokens-find-label = Token nach Namen suchen
tokens-find = Suchen
tokens-name = Name
tokens-scopes = Scopes
tokens-last-used = Zuletzt benutzt
tokens-created = Erstellt
tokens-actions = Aktionen
tokens-rename = Umbenennen
tokens-revoke = Widerrufen
tokens-lost-scopes = Einige Scopes gelten nicht mehr
tokens-idle = Seit 90 Tagen nicht benutzt
tokens-inactive = Kürzlich widerrufen und abgelaufen ({ $count })
tokens-inactive-table = Kürzlich widerrufene und abgelaufene Tokens
tokens-state = Zustand
tokens-revoked = Widerrufen
tokens-was-created = Token „{ $name }“ erstellt
tokens-was-revoked = Token „{ $name }“ widerrufen
tokens-was-renamed = Token umbenannt in „{ $name }“
scopes-more = +{ $count } weitere

# Dauerhafte Tokens: die Dialoge.

token-name-hint = Wofür ist es? Zum Beispiel „Backup-Skript“.
token-scope = Scope
token-scope-hint = Was das Token darf. Geben Sie einen Scope ein oder wählen Sie einen aus und fügen Sie ihn hinzu.
token-none-added = Noch keiner hinzugefügt.
token-remove-scope = { $scope } entfernen
token-create = Erstellen
token-not-created = Das Token konnte nicht erstellt werden. Es wurde nichts angelegt.
token-created = Token erstellt
token-once = Kopieren Sie dieses Token jetzt. Es wird nicht noch einmal angezeigt.
token-in-list = In Ihrer Liste heißt es „{ $name }“.
token-value = Wert des Tokens
token-copy = Wert des Tokens kopieren
token-copy-call = Befehl kopieren
token-copied = Wert des Tokens kopiert
token-call-copied = Befehl kopiert
token-try = Ausprobieren
token-done = Fertig
token-already-created = Dieses Token wurde bereits erstellt. Sein Wert kann nicht noch einmal angezeigt werden. Widerrufen Sie es und erstellen Sie ein neues.
token-rename-title = „{ $name }“ umbenennen
token-not-renamed = Das Token konnte nicht umbenannt werden. Es heißt wie zuvor. Versuchen Sie es noch einmal.
token-revoke-question = „{ $name }“ widerrufen?
token-revoke-text = Alles, was dieses Token benutzt, funktioniert danach nicht mehr. Das lässt sich nicht rückgängig machen.
token-not-revoked = Das Token konnte nicht widerrufen werden. Es gilt weiterhin. Versuchen Sie es noch einmal.
