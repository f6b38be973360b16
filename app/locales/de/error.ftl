# Was schiefging: die Fehlerseiten und die Seite hinter error_uri.

error-start = Zur Startseite
error-details = Einzelheiten für Entwickler
error-error = Fehler
error-request-id = Anfrage-ID
error-time = Zeit
error-copy = Einzelheiten kopieren
error-copied = Einzelheiten kopiert
error-how-to-fix = So lässt sich das beheben
error-owner = Gehört die Anwendung Ihnen?
error-open = { $name } öffnen

# Links von Anwendungen, die nirgendwohin führen.
error-unknown-client = Wir kennen diese Anwendung nicht
error-unknown-client-text = Sie ist hier nicht oder nicht mehr registriert. Wir haben abgebrochen; es wurde nichts weitergegeben. Gehen Sie zurück und sagen Sie es den Betreibern der Anwendung.
error-unknown-client-why = client_id ist hier nicht bekannt
error-link = Dieser Anmelde-Link ist nicht richtig eingerichtet
error-link-text = { $name } hat Sie mit einer Anfrage hergeschickt, der wir nicht folgen können. Deshalb haben wir abgebrochen; es wurde nichts weitergegeben. Sagen Sie es den Betreibern der Anwendung.
error-link-text-nameless = Die Anwendung hat Sie mit einer Anfrage hergeschickt, der wir nicht folgen können. Deshalb haben wir abgebrochen; es wurde nichts weitergegeben. Sagen Sie es den Betreibern der Anwendung.
error-not-registered-text = { $name } wollte Sie an eine Adresse schicken lassen, die dort nicht registriert ist. Deshalb haben wir abgebrochen; es wurde nichts weitergegeben. Sagen Sie es den Betreibern der Anwendung.
error-not-registered-why = redirect_uri ist nicht registriert; sie muss Zeichen für Zeichen einer registrierten gleichen
error-incomplete = Dieser Anmelde-Link ist unvollständig
error-client-missing-why = client_id fehlt
error-client-repeated-why = client_id wurde mehrmals gesendet
error-callback-missing-why = redirect_uri fehlt, und die Anwendung hat keine oder mehrere registriert oder verlangt openid
error-callback-repeated-why = redirect_uri wurde mehrmals gesendet
error-callback-invalid-why = an die registrierte redirect_uri dürfen wir niemanden schicken
error-ended = Diese Anfrage ist abgelaufen oder wurde schon benutzt
error-ended-text = Seit diese Seite entstand, haben Sie sich neu oder unter einem anderen Namen angemeldet. Es wurde nichts weitergegeben. Gehen Sie zurück zur Anwendung und beginnen Sie noch einmal.
error-ended-why = die versiegelte Anfrage gehört zu einer anderen Sitzung

error-sign-out = Wir konnten Sie nicht abmelden
error-sign-out-text = Eine Anwendung hat Sie zum Abmelden hierher geschickt, aber an ihrer Anfrage stimmt etwas nicht. Deshalb haben wir nichts getan. Wenn Sie angemeldet sind, sind Sie es noch. Sagen Sie es den Betreibern der Anwendung.
error-sign-out-hint-why = id_token_hint ist kein ID-Token, das dieser Server ausgestellt hat
error-sign-out-client-why = client_id ist hier nicht bekannt, oder das id_token_hint wurde für einen anderen Client ausgestellt
error-sign-out-redirect-why = post_logout_redirect_uri muss Zeichen für Zeichen einer registrierten gleichen und braucht ein id_token_hint

# Formulare.
error-foreign-form = Dieses Formular kam nicht von hier
error-foreign-form-text = Das Formular wurde von einer anderen Website gesendet, deshalb haben wir nichts getan. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.
error-foreign-form-why = Origin oder Sec-Fetch-Site nennt eine andere Website
error-old-form = Diese Seite war zu lange offen
error-old-form-text = Diese Seite war zu lange offen, deshalb haben wir nichts getan. Gehen Sie zurück, laden Sie sie neu und versuchen Sie es noch einmal.
error-old-form-why = das CSRF-Token des Formulars fehlt oder ist alt
error-origin = Dieser Server ist für eine andere Adresse eingerichtet
error-origin-text = Sie haben diesen Server unter { $came } geöffnet, er ist aber für { $set } eingerichtet. Öffnen Sie ihn dort und versuchen Sie es noch einmal. Wenn Sie diese Adresse nicht kennen, wenden Sie sich an den Betreiber dieses Servers.
error-origin-why = JETON_PUBLIC_URL ist { $set }, und der Browser hat dieses Formular von { $came } gesendet: Setzen Sie es auf die Adresse, unter der Browser diesen Server erreichen
error-unreadable = Wir konnten diese Anfrage nicht lesen
error-unreadable-text = Es wurde nichts geändert. Gehen Sie zurück und versuchen Sie es noch einmal.
error-as-told = { $text }

# Alles andere.
error-setup-used = Dieser Einrichtungslink ist verbraucht
error-setup-used-text = Mit ihm wurde der erste Administrator dieses Servers angelegt. Waren Sie das, melden Sie sich an. Waren Sie es nicht, sagen Sie es dem Betreiber dieses Servers.
error-setup-used-why = Einrichtungslink verbraucht
error-not-found = Seite nicht gefunden
error-not-found-text = Unter dieser Adresse ist nichts, oder es gehört jemand anderem.
error-not-found-why = nicht gefunden
error-method = So lässt sich diese Seite nicht öffnen
error-method-text = Sie nimmt nur an, was ein Formular sendet. Es wurde nichts geändert. Gehen Sie zur Startseite; von dort finden Sie das Formular.
error-method-why = Methode nicht erlaubt
error-throttled = Zu viele Versuche
error-throttled-text = Es gab zu viele Fehlversuche. Versuchen Sie es nach { $clock } noch einmal.
error-throttled-why = gedrosselt
error-busy = Das geht gerade nicht
error-busy-text = Es wurde nichts geändert. Warten Sie einen Augenblick und versuchen Sie es noch einmal.
error-busy-why = vorübergehend nicht verfügbar
error-changed = Das wurde inzwischen geändert
error-changed-why = Konflikt
error-wrong = Diese Anfrage ist nicht richtig
error-sign-in-text = Melden Sie sich an und versuchen Sie es noch einmal.
error-internal = Hier ist etwas schiefgegangen
error-internal-text = Der Fehler liegt bei uns. Nichts, was Sie eingegeben haben, ist schuld; er ist unter der Anfrage-ID unten aufgezeichnet.
error-internal-why = interner Fehler

# Die Seite hinter error_uri.
problem-title = Warum diese Anfrage abgelehnt wurde
problem-for-owner = Ist das Ihre Anwendung? Melden Sie sich an und öffnen Sie diese Seite noch einmal: Dann steht hier, was genau falsch war.
problem-lead = Eine Anfrage im Namen von { $name } wurde abgelehnt. Was daran falsch war, sehen nur Sie und die Administratoren.
problem-redirect-uris = Redirect-URLs
problem-times = Häufigkeit
problem-first = Zuerst
problem-last = Zuletzt
kind-invalid-request = Ein Parameter der Anfrage fehlt, kommt mehrmals vor, hat eine falsche Form oder ist nicht erlaubt.
kind-invalid-client = Die Anwendung konnte sich nicht ausweisen.
kind-invalid-grant = Der Code, das Token oder das Passwort ist ungültig, abgelaufen, schon benutzt oder gehört zu einer anderen Anwendung.
kind-unauthorized-client = Die Anwendung darf auf diesem Weg kein Token anfordern.
kind-unsupported-grant-type = Dieser Server bietet diesen Weg zu einem Token nicht an.
kind-unsupported-response-type = Dieser Server bietet diese Art von Antwort nicht an.
kind-invalid-scope = Worum die Anwendung bittet, ist unbekannt, falsch geschrieben oder mehr, als sie verlangen darf.
kind-access-denied = Die Person, oder der Server an ihrer Stelle, hat abgelehnt.
kind-login-required = Die Person ist nicht angemeldet, und die Anwendung wollte keine Seite zeigen lassen.
kind-consent-required = Die Person hat das noch nicht erlaubt, und die Anwendung wollte keine Seite zeigen lassen.
kind-account-selection-required = Die Person müsste ein Konto wählen, und die Anwendung wollte keine Seite zeigen lassen.
kind-interaction-required = Eine Seite müsste gezeigt werden, und die Anwendung wollte keine zeigen lassen.
kind-request-not-supported = Dieser Server unterstützt den Parameter request nicht.
kind-request-uri-not-supported = Dieser Server unterstützt den Parameter request_uri nicht.
kind-invalid-token = Das Zugriffstoken ist unbekannt, abgelaufen oder widerrufen.
kind-invalid-request-object = Die signierte Anfrage ist ungültig oder nicht die dieser Anwendung.
kind-invalid-request-uri = Die hinterlegte Anfrage ist unbekannt, abgelaufen, schon benutzt oder gehört zu einer anderen Anwendung.
kind-invalid-target = Die Ressource ist falsch geschrieben, unbekannt oder nicht die, für die das hier gilt.
kind-invalid-dpop-proof = Der Nachweis, dass die Anwendung ihren Schlüssel besitzt, ist ungültig.
kind-use-dpop-nonce = Der Nachweis, dass die Anwendung ihren Schlüssel besitzt, muss die Nonce enthalten, die dieser Server gesendet hat.
kind-unmet-authentication-requirements = Die Person kann sich nicht auf dem Weg anmelden, den die Anwendung verlangt.
kind-server-error = Der Server hat versagt.
kind-temporarily-unavailable = Der Server konnte in diesem Augenblick nicht antworten.

error-other-person = Sie sind jetzt als { $user } angemeldet
error-other-person-text = Die Seite, die Sie gesendet haben, war für ein anderes Konto gemacht. Es wurde nichts getan. Fahren Sie als { $user } fort, oder verwenden Sie das andere Konto und versuchen Sie es noch einmal.
error-other-person-why = Das Formular-Token nennt eine andere Person als die Sitzung
