# Die Anmeldung, und der erste Administrator.

username = Benutzername
password = Passwort
username-hint = Buchstaben, Ziffern und . _ - @ +
password-hint = Mindestens 8 Zeichen. Vier zufällige Wörter sind besser als ein kryptisches.

sign-in = Anmelden
sign-in-confirm = Bestätigen Sie, dass Sie es sind
sign-in-to-continue = um mit { $client } fortzufahren
sign-in-wrong = Geben Sie einen richtigen Benutzernamen und das richtige Passwort ein
sign-in-locked = Dieses Konto ist gesperrt. Wenden Sie sich an { $support }.
sign-in-locked-operator = Dieses Konto ist gesperrt. Wenden Sie sich an den Betreiber von { $operator }.
sign-in-throttled = Zu viele Versuche. Versuchen Sie es nach { $clock } noch einmal.
sign-in-capped = Zu viele Fehlversuche in Folge. Nehmen Sie einen Browser, in dem Sie schon einmal mit diesem Konto angemeldet waren, oder bitten Sie den Betreiber um ein neues Passwort.
sign-in-busy = Im Moment melden sich sehr viele Personen an. Warten Sie ein paar Sekunden und versuchen Sie es dann noch einmal.
sign-in-expired = Diese Seite war zu lange offen. Melden Sie sich noch einmal an.
sign-in-signed-out = Sie sind abgemeldet.
sign-in-ended = Sie wurden abgemeldet. Melden Sie sich wieder an, um fortzufahren.
sign-in-deleted = Ihr Konto wurde gelöscht.

already-title = Sie sind angemeldet
already-heading = Sie sind als { $user } angemeldet
already-continue = Weiter
already-switch = Anderes Konto verwenden

sign-out-question = Von { $operator } abmelden?
sign-out-asked = { $app } hat Sie zum Abmelden hierher geschickt.
sign-out-means = Danach melden Sie sich wieder an, um Anwendungen zu nutzen, die Sie über dieses Konto kennen.
sign-out-stay = Angemeldet bleiben
signed-out = Sie sind abgemeldet
signed-out-text = Schließen Sie an einem gemeinsam genutzten Rechner auch den Browser.

forgot-password = Passwort vergessen?
forgot-ask-support = Bitten Sie { $support } um ein neues Passwort.
forgot-ask-operator = Bitten Sie den Betreiber von { $operator } um ein neues Passwort.
forgot-why = Wir können Ihnen keines schicken: Von hier wird keine Post versandt. Sobald Sie wieder angemeldet sind, wählen Sie auf Ihrer Kontoseite ein eigenes.
forgot-back = Zurück zur Anmeldung

setup = Einrichtung
setup-heading = { $operator } einrichten
setup-lead = Legen Sie das erste Konto an. Es hat vollen Zugriff und verwaltet diesen Server.
setup-create = Administrator anlegen
