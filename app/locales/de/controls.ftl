# Was die Inseln sagen.

password-show = Passwort anzeigen
password-hide = Passwort verbergen
password-visible = Ihr Passwort ist sichtbar
password-caps = Die Feststelltaste ist aktiv
password-visible-caps = Ihr Passwort ist sichtbar. Die Feststelltaste ist aktiv.

copy-by-hand = Drücken Sie Strg+C

scope-add = Hinzufügen
scope-added = { $form ->
    [one] { $scope } hinzugefügt. { $count } Scope.
   *[other] { $scope } hinzugefügt. { $count } Scopes.
 }
scope-removed = { $form ->
    [one] { $scope } entfernt. { $count } Scope.
   *[other] { $scope } entfernt. { $count } Scopes.
 }
scope-present = { $form ->
    [one] Schon hinzugefügt. { $count } Scope.
   *[other] Schon hinzugefügt. { $count } Scopes.
 }

uri-add = Weiterleitungs-URL hinzufügen

consent-some = Erlauben gibt { $given }, ohne { $refused }.
consent-nothing = Erlauben gibt nichts: Sie haben { $refused } weggelassen.
consent-preview = { $name } möchte in Ihrem Namen auf { $operator } zugreifen
