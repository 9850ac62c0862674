# The console behind nginx. Built from the top of the repository: docker build -f docker/web.Dockerfile .
FROM node:24-slim AS build
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY packages/shared/package.json packages/shared/
COPY packages/web/package.json packages/web/
RUN npx -y pnpm@10.34.9 install --frozen-lockfile --ignore-scripts --filter @mailroom/shared --filter @mailroom/web
COPY packages/shared packages/shared
COPY packages/web packages/web
RUN npm --prefix packages/shared run build && npm --prefix packages/web run build

FROM nginxinc/nginx-unprivileged:1.29-alpine
COPY docker/nginx.conf /etc/nginx/conf.d/default.conf
COPY --from=build /app/packages/web/dist /usr/share/nginx/html
EXPOSE 8080
