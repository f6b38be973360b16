# What islands say. `$form` is a plural form of CLDR (zero, one, two, few, many, other): the browser chooses by `$count`.

password-show = Show password
password-hide = Hide password
password-visible = Your password is visible
password-caps = Caps Lock is on
password-visible-caps = Your password is visible. Caps Lock is on.

copy-by-hand = Press Ctrl+C

scope-add = Add
scope-added = { $form ->
    [one] { $scope } added. { $count } scope.
   *[other] { $scope } added. { $count } scopes.
 }
scope-removed = { $form ->
    [one] { $scope } removed. { $count } scope.
   *[other] { $scope } removed. { $count } scopes.
 }
scope-present = { $form ->
    [one] Already added. { $count } scope.
   *[other] Already added. { $count } scopes.
 }

uri-add = Add redirect URL

consent-some = Allow gives { $given }, without { $refused }.
consent-nothing = Allow gives nothing: you left out { $refused }.
consent-preview = { $name } wants to access { $operator } as you
