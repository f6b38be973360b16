# Was die Inseln sagen.

password-show = Passwort anzeigen
password-hide = Passwort verbergen
password-visible = Ihr Passwort ist sichtbar
password-caps = Die Feststelltaste ist aktiv
password-visible-caps = Ihr Passwort ist sichtbar. Die Feststelltaste ist aktiv.

copy-by-hand = Drücken Sie Strg+C
no-answer = Der Server antwortet nicht. Was Sie eingegeben haben, bleibt stehen: versuchen Sie es noch einmal.
call-signed-out = Sie wurden abgemeldet. Melden Sie sich wieder an, um fortzufahren.
call-other-person = Sie sind jetzt als { $user } angemeldet. Es wurde nichts getan.
call-other-person-go-on = Als { $user } fortfahren
call-other-person-switch = Anderes Konto verwenden
call-old-page = Diese Seite ist älter als der Server. Es wurde nichts getan.
call-reload = Neu laden
call-foreign = Diese Seite war zu lange offen. Es wurde nichts getan.
call-not-found = Das gibt es nicht mehr, oder es gehört nicht Ihnen.
call-unreadable = Der Server konnte nicht lesen, was gesendet wurde. Es wurde nichts getan.
call-too-large = Das ist mehr, als ein Formular fassen kann. Es wurde nichts getan.
call-unavailable = Der Server kann das jetzt nicht tun. Versuchen Sie es gleich noch einmal.
call-internal = Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal.

scope-add = Hinzufügen
scope-added = { $count ->
    [one] { $scope } hinzugefügt. { $count } Scope.
   *[other] { $scope } hinzugefügt. { $count } Scopes.
 }
scope-removed = { $count ->
    [one] { $scope } entfernt. { $count } Scope.
   *[other] { $scope } entfernt. { $count } Scopes.
 }
scope-present = { $count ->
    [one] Schon hinzugefügt. { $count } Scope.
   *[other] Schon hinzugefügt. { $count } Scopes.
 }

uri-add = Redirect-URL hinzufügen

consent-some = Erlauben gibt { $given }, ohne { $refused }.
consent-nothing = Erlauben gibt nichts: Sie haben { $refused } weggelassen.
consent-preview = { $name } möchte in Ihrem Namen auf { $operator } zugreifen
