(() => {
  const form = document.querySelector('nav form');
  const cards = [...document.querySelectorAll('.card')].map(card => ({ card, text: card.textContent.toLowerCase() }));
  const groups = [...document.querySelectorAll('.group')];
  const shown = form.querySelector('output');
  const apply = () => {
    const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map(box => box.value));
    const code = form.code.value;
    const words = form.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { card, text } of cards) {
      const fits = severities.has(card.dataset.severity) && (!code || card.dataset.code === code)
        && words.every(word => text.includes(word));
      card.hidden = !fits;
      count += fits;
    }
    for (const group of groups) group.hidden = !group.querySelector('.card:not([hidden])');
    shown.value = `${count} / ${cards.length}`;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  apply();
})();
