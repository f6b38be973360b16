# Was die Regeln über ein Feld sagen.

form-open-too-long = Diese Seite war zu lange offen. Es ist nichts geschehen: Prüfen Sie die Angaben und drücken Sie die Schaltfläche noch einmal
throttled-field = Zu viele Versuche. Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal
already = Dieses Formular wurde schon einmal gesendet

name-missing = Geben Sie einen Namen ein
name-long = Höchstens 100 Zeichen
text-invisible = Entfernen Sie die unsichtbaren Zeichen
text-long = Höchstens 500 Zeichen
text-long-200 = Höchstens 200 Zeichen
text-empty = Geben Sie etwas ein oder lassen Sie es weg

username-missing = Geben Sie einen Benutzernamen ein
username-long = Höchstens 64 Zeichen
username-characters = Nur die Buchstaben a bis z, Ziffern und . _ - @ +
user-exists = Einen Benutzer { $name } gibt es schon
password-short = Mindestens 8 Zeichen
password-long = Höchstens 1024 Zeichen
password-common = Dieses Passwort ist zu gebräuchlich. Wählen Sie ein anderes
password-username = Wählen Sie ein Passwort, das nicht Ihr Benutzername ist
password-current = Geben Sie Ihr jetziges Passwort ein

scope-missing = Fügen Sie mindestens einen Scope hinzu
scope-many = Höchstens 100 Scopes
scope-unknown = Den Scope { $scope } gibt es hier nicht
scope-not-allowed = Den Scope { $scope } dürfen Sie nicht verwenden
scope-not-added = Sie haben { $scope } gewählt, aber nicht hinzugefügt. Fügen Sie den Scope hinzu oder leeren Sie das Feld.

uri-missing = Geben Sie eine Redirect-URL ein
uri-many = Höchstens 20 Redirect-URLs
uri-long = Höchstens 2000 Zeichen
uri-ascii = Nur ASCII-Zeichen: Schreiben Sie einen internationalen Namen in seiner Form mit xn--
uri-characters = Entfernen Sie Leerzeichen, umgekehrte Schrägstriche und Steuerzeichen
uri-fragment = Entfernen Sie den Teil nach #
uri-wildcard = Platzhalter sind nicht erlaubt: Registrieren Sie jede Adresse ganz
uri-response-names = Entfernen Sie code, state, error und iss aus dem Teil nach ?: Die Antwort fügt sie selbst hinzu
uri-whole = Geben Sie die ganze Adresse ein, zum Beispiel https://printer.example/callback
uri-kind = Diese Art von Adresse ist nicht erlaubt
uri-scheme = Verwenden Sie https oder ein eigenes Schema mit einem Punkt darin, zum Beispiel com.example.app:/callback
uri-host = Geben Sie den Host ein, zum Beispiel https://printer.example/callback
uri-userinfo = Entfernen Sie Benutzername und Passwort vor dem Host
uri-host-form = Geben Sie einen Hostnamen oder eine IP-Adresse ein und einen Port nur als Zahl
uri-https = Verwenden Sie https; http nur für eine Loopback-Adresse wie http://127.0.0.1

application-changed = Jemand anderes hat diese Anwendung inzwischen geändert
application-name-needed = Geben Sie den Namen der Anwendung ein
