# Das Konto, sein Name, sein Passwort und sein Ende.

account-profile = Profil
account-name = Name
account-no-name = Nicht angegeben
account-email = E-Mail
account-access = Zugriff
account-access-full = Voller Zugriff: alle Scopes, und Sie dürfen Anwendungen registrieren
account-access-partial = Teilzugriff: die Scopes, die Ihnen die Verwaltung gegeben hat
account-role = Rolle
account-administrator = Administrator
account-since = Seit

setup-welcome = { $operator } ist eingerichtet. Sie sind als Administrator angemeldet.
first-steps = Nächste Schritte
first-steps-application = Eine Anwendung registrieren
first-steps-application-why = Damit melden sich Menschen mit ihrem Konto hier an.
first-steps-token = Ein dauerhaftes Token erstellen
first-steps-token-why = Für Skripte und Dienste, die für Sie handeln.
first-steps-addresses = Adressen für Entwickler
first-steps-addresses-why = Was eine Bibliothek oder Swagger UI wissen muss.
first-steps-people = Weitere Personen legen Sie auf der Kommandozeile an:

account-security = Sicherheit
account-password-changed = Geändert am { $date }
account-password-advice = Ein eigenes Passwort nur für dieses Konto schützt es, wenn einer anderen Seite Ihres abhandenkommt.

account-tokens = { $count ->
    [one] { $count } dauerhaftes Token
   *[other] { $count } dauerhafte Tokens
  }
account-sessions = { $count ->
    [one] { $count } angemeldeter Browser
   *[other] { $count } angemeldete Browser
  }
account-connections = { $count ->
    [one] { $count } verbundene Anwendung
   *[other] { $count } verbundene Anwendungen
  }
account-all-connections = Alle verbundenen Anwendungen
account-allowed-on = Erlaubt am { $date }

appearance = Darstellung
theme = Farben
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
theme-save = Farben speichern
theme-saved = Farben gespeichert

change-name = Namen ändern
change-name-lead = Diesen Namen sehen Anwendungen, denen Sie Ihr Profil zeigen.
given-name = Vorname
family-name = Nachname
name-changed = Name geändert

change-password = Passwort ändern
change-password-lead = Ihre anderen Sitzungen werden abgemeldet, und Tokens, die mit Ihrem Passwort geholt wurden, gelten nicht mehr.
change-password-also = Auch beenden
change-password-also-hint = Wählen Sie das, wenn jemand anders Ihr Passwort gekannt haben könnte. Programme, die das brauchen, müssen neu verbunden werden.
current-password = Jetziges Passwort
new-password = Neues Passwort
password-changed = Passwort geändert. Ihre anderen Sitzungen wurden abgemeldet.
password-changed-also = Passwort geändert. Ihre anderen Sitzungen wurden abgemeldet, und was Sie gewählt haben, ist beendet.

delete-account = Konto löschen
delete-account-lead = Ihre Tokens, Ihre Sitzungen und der Zugriff Ihrer Anwendungen enden mit ihm. Das lässt sich nicht rückgängig machen.
leave-lead = Mit Ihrem Konto endet:
leave-tokens = { $count ->
    [one] { $count } dauerhaftes Token gilt nicht mehr
   *[other] { $count } dauerhafte Tokens gelten nicht mehr
  }
leave-sessions = { $count ->
    [one] { $count } Browser wird abgemeldet
   *[other] { $count } Browser werden abgemeldet
  }
leave-connections = { $count ->
    [one] { $count } Anwendung verliert ihren Zugriff
   *[other] { $count } Anwendungen verlieren ihren Zugriff
  }
leave-applications = { $count ->
    [one] { $count } eigene Anwendung, die sonst niemand benutzt, wird gelöscht:
   *[other] { $count } eigene Anwendungen, die sonst niemand benutzt, werden gelöscht:
  }
leave-forever = Das lässt sich nicht rückgängig machen. Geben Sie Ihr Passwort ein, um fortzufahren.
leave-last-administrator = Mindestens eine Person muss Administrator bleiben.
leave-make-another = Machen Sie zuerst jemand anderen zum Administrator.
leave-in-use = Andere benutzen Ihre Anwendungen und könnten sich dort nicht mehr anmelden. Löschen Sie diese Anwendungen zuerst, oder bitten Sie den Betreiber dieses Servers, sie zu übernehmen.
leave-used-by = { $count ->
    [one] { $name }, benutzt von { $count } anderen Person
   *[other] { $name }, benutzt von { $count } anderen Personen
  }
leave-back = Zurück zu Ihrem Konto
