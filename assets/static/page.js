// Adds a copy button to every snippet. Everything on a page works without this file.
(function () {
  'use strict';
  if (!navigator.clipboard) return;
  var german = document.documentElement.lang === 'de';
  var words = german ? ['Kopieren', 'Kopiert'] : ['Copy', 'Copied'];
  document.querySelectorAll('.snippet').forEach(function (snippet) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = words[0];
    button.addEventListener('click', function () {
      var text = 'value' in snippet ? snippet.value : snippet.textContent;
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = words[1];
        setTimeout(function () { button.textContent = words[0]; }, 2000);
      });
    });
    snippet.after(button);
  });
})();
