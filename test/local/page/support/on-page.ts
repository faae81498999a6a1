import type { Locator, Page } from 'playwright-core';

/** How long to wait, as machines that run several tests at once take their time. */
export const PATIENCE = { timeout: 60_000 };

export const button = (page: Page | Locator, name: string) =>
  page.getByRole('button', { name, exact: true }).first();

/** Finds the filter of that name. Its figure stands beside it. */
export const outcome = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Outcome' }).getByRole('button', { name });

export const rows = (page: Page) => page.locator('.rows > li');

export const region = (page: Page, name: string) => page.getByRole('region', { name });

export async function shows(page: Page, text: RegExp | string): Promise<void> {
  await page.getByText(text).first().waitFor(PATIENCE);
}

/** Opens the first row that has the text. */
export async function openRow(page: Page, text: string): Promise<Locator> {
  const row = rows(page).filter({ hasText: text }).first();
  await row.waitFor(PATIENCE);
  await row.getByRole('button').first().click();
  const opened = page.locator('.opened');
  await opened.locator('pre').waitFor(PATIENCE);
  return opened;
}
