# Die Frage, ob eine Anwendung im Namen der Person handeln darf.

consent-title = { $app } erlauben?
consent-question = { $app } möchte in Ihrem Namen auf { $operator } zugreifen
consent-switch = Anderes Konto verwenden
consent-able = { $app } darf dann, bis Sie es entziehen:
consent-able-away = { $app } darf dann, auch während Sie abwesend sind und bis Sie es entziehen:
consent-asks-nothing = { $app } verlangt keine Rechte, außer zu wissen, wer Sie sind.
consent-more = Neu in dieser Anfrage: { $app } darf dann auch, bis Sie es entziehen:
consent-more-away = Neu in dieser Anfrage: { $app } darf dann auch, selbst während Sie abwesend sind und bis Sie es entziehen:
consent-known = Das erlauben Sie bereits
consent-choose = Das können Sie auswählen
consent-own-words = Nach eigener Darstellung: „{ $description }“
consent-to-site = Danach werden Sie zu { $site } weitergeleitet.
consent-to-device = Danach werden Sie zu einer Anwendung auf diesem Gerät weitergeleitet.
consent-public = Diese Anwendung läuft auf dem Gerät ihrer Benutzer. Erlauben Sie ihr den Zugriff nur, wenn Sie sie eben selbst gestartet haben.
consent-young = Diese Anwendung wurde vor weniger als 7 Tagen registriert.
consent-unreviewed = { $operator } hat diese Anwendung nicht geprüft.
consent-about = Über diese Anwendung
consent-registered-by = Registriert von
consent-registered-on = Registriert am
consent-not-reviewed = Nicht geprüft
consent-remove = Sie können diesen Zugriff jederzeit unter „{ tokens-and-sessions }“ entziehen.
consent-deny = Ablehnen
consent-allow = Erlauben

# Wie ein Recht beschaffen ist: nach seinem Satz, in Listen von Rechten.
right-without-sentence = Keine Beschreibung vorhanden
right-reads = Liest nur
right-changes = Kann Änderungen vornehmen
right-away = Gilt auch, wenn Sie abwesend sind
right-new = Neu
right-refused = Ihr Konto darf dieses Recht nicht erteilen.

# Die Scopes, die es von Anfang an gibt, solange der Betreiber keine eigenen Worte für sie hat.
right-openid = Wissen, wer Sie sind
right-profile = Ihren Namen und Ihr Bild sehen
right-email = Ihre E-Mail-Adresse sehen
right-address = Ihre Postanschrift sehen
right-phone = Ihre Telefonnummer sehen
right-offline-access = Den Zugriff behalten, während Sie abwesend sind
right-introspect = Prüfen, ob Tokens gültig sind

# Nach der Antwort, wenn eine App auf dem Gerät übernimmt.
consent-answered = Sie können dieses Fenster schließen
consent-answered-text = { $app } hat Ihre Antwort. Falls sie sich nicht von selbst geöffnet hat, öffnen Sie sie hier.
consent-open = { $app } öffnen
